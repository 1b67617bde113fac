using Temporalio.Converters;

namespace Temporalio.Client.Interceptors;

/// <summary>A heartbeat that is to be recorded.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Options">Options of the heartbeat.</param>
/// <param name="DataConverterOverride">Converter to use instead of the client's.</param>
public record HeartbeatAsyncActivityInput(
    AsyncActivityHandle.Reference Activity,
    AsyncActivityHeartbeatOptions? Options,
    DataConverter? DataConverterOverride = null);
