using CsCheck;
using ImageLibrary.Tests.Temporal.Server.Support;

namespace ImageLibrary.Tests.Temporal.Server.Execution;

public sealed class RunModelTests
{
    private static long Iterations => Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") == "1" ? 2_000 : 40;

    [Fact]
    public async Task Runs_RandomSteps_HistoriesHoldWhatWasAcknowledged()
    {
        // Most steps are those of a workflow that makes progress; restarts cost the most time.
        var action = Gen.Frequency(
            (30, OneOf(RunAction.PollTask, RunAction.CompleteTask, RunAction.PollActivity, RunAction.CompleteActivity)),
            (12, OneOf(RunAction.Start, RunAction.Signal, RunAction.Update, RunAction.Advance)),
            (6, OneOf(RunAction.FailTask, RunAction.FailActivity, RunAction.Heartbeat, RunAction.RequestCancel, RunAction.CloseRun, RunAction.ContinueRun)),
            (3, OneOf(RunAction.RepeatStart, RunAction.RepeatSignal, RunAction.Terminate)),
            (1, OneOf(RunAction.Restart, RunAction.Crash)));
        var step = Gen.Select(action, Gen.Int[0, 2], Gen.Int[0, 1000], (what, workflow, choice) => new RunStep(what, workflow, choice));
        await step.Array[20, 120].SampleAsync(
            async steps =>
            {
                await using var server = await TestEngine.StartAsync();
                var model = new RunModel(server);
                foreach (var each in steps)
                {
                    await model.ApplyAsync(each);
                }

                await model.FinishAsync();
            },
            iter: Iterations,
            print: steps => string.Join(", ", steps.Select(each => $"{each.Action}({each.Workflow},{each.Choice})")));
    }

    private static Gen<RunAction> OneOf(params RunAction[] actions) => Gen.Int[0, actions.Length - 1].Select(index => actions[index]);
}
