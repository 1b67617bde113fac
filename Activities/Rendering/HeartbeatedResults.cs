using Temporalio.Activities;

namespace ImageLibrary.Activities;

/// <summary>What a former attempt at an activity told by its heartbeats.</summary>
internal static class HeartbeatedResults
{
    /// <summary>The results that were not recorded yet then.</summary>
    /// <param name="context">The running activity.</param>
    public static async Task<IReadOnlyList<PictureOutcome>> ReadAsync(ActivityExecutionContext context) =>
        context.Info.HeartbeatDetails.Count > 0
            ? await context.Info.HeartbeatDetailAtAsync<List<PictureOutcome>>(0)
            : [];
}
