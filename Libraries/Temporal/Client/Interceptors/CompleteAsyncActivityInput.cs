using Temporalio.Converters;

namespace Temporalio.Client.Interceptors;

/// <summary>An activity that is to be completed.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Result">Its result.</param>
/// <param name="Options">Options of the completion.</param>
/// <param name="DataConverterOverride">Converter to use instead of the client's.</param>
public record CompleteAsyncActivityInput(
    AsyncActivityHandle.Reference Activity,
    object? Result,
    AsyncActivityCompleteOptions? Options,
    DataConverter? DataConverterOverride = null);
