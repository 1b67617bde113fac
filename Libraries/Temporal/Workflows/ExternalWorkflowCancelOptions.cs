namespace Temporalio.Workflows;

/// <summary>How another workflow is asked to cancel.</summary>
public class ExternalWorkflowCancelOptions : ICloneable
{
    /// <summary>Copies these options.</summary>
    public virtual object Clone() => MemberwiseClone();
}
