namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>A timer that a workflow started.</summary>
internal sealed record TimerState(string Id, long StartedEventId, DateTimeOffset Due);
