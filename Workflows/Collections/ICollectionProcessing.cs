using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

/// <summary>Brings the images of one collection up to date. Its workflow id is the collection's lock.</summary>
[Workflow("CollectionProcessing")]
public interface ICollectionProcessing
{
    /// <summary>Processes the collection.</summary>
    /// <param name="input">Which collection and how.</param>
    [WorkflowRun]
    Task<CollectionProcessingResult> RunAsync(CollectionProcessingInput input);

    /// <summary>Stops within the running pictures.</summary>
    [WorkflowSignal("pause")]
    Task PauseAsync();

    /// <summary>Goes on at the next picture.</summary>
    [WorkflowSignal("resume")]
    Task ResumeAsync();

    /// <summary>What the workflow knows of its progress.</summary>
    [WorkflowQuery("progress")]
    JobProgress GetProgress();
}
