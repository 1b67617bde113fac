namespace Temporalio.Worker.Interceptors;

/// <summary>A heartbeat that is to be recorded.</summary>
/// <param name="Details">What it carries.</param>
public record HeartbeatInput(object?[] Details);
