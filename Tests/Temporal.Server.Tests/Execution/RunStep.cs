namespace ImageLibrary.Tests.Temporal.Server.Execution;

/// <summary>One thing that happens to workflows in the model test.</summary>
internal enum RunAction
{
    Start,
    RepeatStart,
    Signal,
    RepeatSignal,
    PollTask,
    CompleteTask,
    CloseRun,
    ContinueRun,
    FailTask,
    Update,
    PollActivity,
    CompleteActivity,
    FailActivity,
    Heartbeat,
    RequestCancel,
    Terminate,
    Advance,
    Restart,
    Crash,
}

/// <summary>A step: what happens, to which workflow, and how.</summary>
internal readonly record struct RunStep(RunAction Action, int Workflow, int Choice);
