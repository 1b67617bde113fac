namespace Temporalio.Worker;

/// <summary>What the query <c>__stack_trace</c> can tell. Anything but <see cref="None"/> costs time at each wait of a
/// workflow.</summary>
public enum WorkflowStackTrace
{
    /// <summary>Nothing; the query fails.</summary>
    None,

    /// <summary>Methods, files and lines.</summary>
    Normal,

    /// <summary>Methods only.</summary>
    WithoutFileInfo,
}
