using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Follows a scan to its end and tells the most memory that its processes took.</summary>
internal static class MemoryWatch
{
    /// <summary>What the whole tree of processes may take while it scans, in bytes.</summary>
    public const long Limit = 500L << 20;

    public static async Task<(JsonObject Job, long Peak)> FollowAsync(
        Program program, Server server, TimeSpan deadline, ITestOutputHelper output)
    {
        var clock = Stopwatch.StartNew();
        var peak = 0L;
        var job = await Eventually.GetAsync(
            async () =>
            {
                peak = Math.Max(peak, ProcessTree.Memory(program.Tree()));
                var newest = await server.NewestJobAsync();
                return newest?.State() is "completed" or "completedWithFailures" or "failed" ? newest : null;
            },
            deadline,
            "the scan ends");
        output.WriteLine($"{job.Images("total")} pictures in {clock.Elapsed.TotalSeconds:0.0} s, peak {peak >> 20} MiB");
        return (job, peak);
    }
}
