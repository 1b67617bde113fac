namespace ImageLibrary.Workflows;

/// <summary>Task queues; part of the contract with other programs.</summary>
public static class TaskQueues
{
    /// <summary>Jobs.</summary>
    public const string Jobs = "image-library";

    /// <summary>Work that a person waits for; it has slots of its own, so that jobs never stand in its way.</summary>
    public const string Interactive = "image-library-interactive";
}
