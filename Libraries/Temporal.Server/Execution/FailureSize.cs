using Temporalio.Api.Failure.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>Keeps the failure of a former attempt small: it is stored and described, not part of the history.</summary>
internal static class FailureSize
{
    private const int Maximum = 4 * 1024;

    public static Failure Truncate(Failure failure) => failure.CalculateSize() <= Maximum
        ? failure
        : new Failure
        {
            Message = "Failure exceeds size limit.",
            Source = failure.Source,
            ServerFailureInfo = new ServerFailureInfo(),
        };
}
