using Temporalio.Converters;

namespace Temporalio.Client.Interceptors;

/// <summary>An activity that is to be failed.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Exception">Why it fails.</param>
/// <param name="Options">Options of the failure.</param>
/// <param name="DataConverterOverride">Converter to use instead of the client's.</param>
public record FailAsyncActivityInput(
    AsyncActivityHandle.Reference Activity,
    Exception Exception,
    AsyncActivityFailOptions? Options,
    DataConverter? DataConverterOverride = null);
