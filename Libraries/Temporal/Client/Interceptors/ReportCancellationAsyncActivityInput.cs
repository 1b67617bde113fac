using Temporalio.Converters;

namespace Temporalio.Client.Interceptors;

/// <summary>An activity that is to be reported as cancelled.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Options">Options of the report.</param>
/// <param name="DataConverterOverride">Converter to use instead of the client's.</param>
public record ReportCancellationAsyncActivityInput(
    AsyncActivityHandle.Reference Activity,
    AsyncActivityReportCancellationOptions? Options,
    DataConverter? DataConverterOverride = null);
