using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

/// <summary>Scans a library: finds its collections and has each processed that has work.</summary>
[Workflow("LibraryScan")]
public interface ILibraryScan
{
    /// <summary>Scans the library.</summary>
    /// <param name="input">What to scan and how.</param>
    [WorkflowRun]
    Task<LibraryScanResult> RunAsync(LibraryScanInput input);

    /// <summary>Stops within the running pictures.</summary>
    [WorkflowSignal("pause")]
    Task PauseAsync();

    /// <summary>Goes on at the next picture.</summary>
    [WorkflowSignal("resume")]
    Task ResumeAsync();

    /// <summary>Sets how many collections are in work at once, 1 to 64.</summary>
    /// <param name="concurrency">Collections at once.</param>
    /// <returns>The former value.</returns>
    [WorkflowUpdate("setConcurrency")]
    Task<int> SetConcurrencyAsync(int concurrency);

    /// <summary>What the workflow knows of its progress.</summary>
    [WorkflowQuery("progress")]
    JobProgress GetProgress();
}
