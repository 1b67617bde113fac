namespace Temporalio.Workflows;

/// <summary>How another workflow is signalled.</summary>
public class ExternalWorkflowSignalOptions : ICloneable
{
    /// <summary>Cancels the signal while it is not yet sent; null for <see cref="Workflow.CancellationToken"/>.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Copies these options.</summary>
    public virtual object Clone() => MemberwiseClone();
}
