using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>The server process is killed alone: the supervisor starts it again.</summary>
public sealed class SupervisorTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task KillOfServerProcessAlone_IsHealedBySupervisor()
    {
        var library = folder.MakeLibrary(collections: 10, each: 40, width: 400, height: 300);
        await using var program = Program.Serve(folder["data"], library, "--once");
        using (var server = await program.ReadyAsync())
        {
            await Eventually.TrueAsync(
                async () => await server.NewestJobAsync() is { } job && job.Done() >= 50, Deadline, "50 pictures are done");
        }
        ProcessTree.Kill(program.Tree().Skip(1));
        Assert.Equal(0, await program.ExitCodeAsync(Deadline));
        var run = new RunResult(0, program.Summary(), program.Errors);
        Assert.Equal("completed", run.Job.State());
        Assert.Equal(400, run.Job.Images("rendered") + run.Job.Images("reused"));
    }

    public void Dispose() => folder.Dispose();
}
