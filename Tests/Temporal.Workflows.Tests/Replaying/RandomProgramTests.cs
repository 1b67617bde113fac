using System.Text.Json;
using CsCheck;
using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Replaying;

/// <summary>Random programs, which must issue the same commands whether they stay in memory, are rebuilt for every task, or
/// are replayed from their whole history.</summary>
public sealed class RandomProgramTests(TemporalServer server)
{
    private static readonly string[] Kinds =
    [
        "delay", "activity", "child", "condition", "upsert", "memo", "patch", "random", "details", "cancelled", "semaphore",
    ];

    private static readonly Gen<Step> GenLeaf =
        Gen.Select(Gen.Int[0, Kinds.Length - 1], Gen.Int[1, 3], (kind, number) => new Step(Kinds[kind], number, []));

    private static readonly Gen<Step> GenStep = Gen.Recursive<Step>((depth, self) => depth > 2
        ? GenLeaf
        : Gen.Frequency(
            (4, GenLeaf),
            (1, self.Array[1, 4].Select(steps => new Step("all", 0, steps))),
            (1, self.Array[2, 3].Select(steps => new Step("any", 0, steps))),
            (1, self.Array[1, 3].Select(steps => new Step("sequence", 0, steps)))));

    /// <summary>One step of a program.</summary>
    public sealed record Step(string Kind, int Number, IReadOnlyList<Step> Steps);

    [Workflow]
    public class EchoWorkflow
    {
        [WorkflowRun]
        public async Task<int> RunAsync(int number)
        {
            await Workflow.DelayAsync(1);
            return number;
        }
    }

    [Workflow]
    public class ProgramWorkflow
    {
        private static readonly SearchAttributeKey<long> Number = SearchAttributeKey.CreateLong("TestNumber");

        private readonly Temporalio.Workflows.Semaphore semaphore = new(1);
        private readonly List<string> trace = [];
        private int signals;

        [WorkflowRun]
        public async Task<string> RunAsync(Step program)
        {
            await RunAsync(program, Workflow.CancellationToken);
            await Workflow.WaitConditionAsync(() => signals >= 2 && Workflow.AllHandlersFinished);
            return string.Join(' ', trace);
        }

        [WorkflowSignal]
        public async Task NudgeAsync()
        {
            trace.Add("signal");
            await Workflow.DelayAsync(1);
            signals++;
        }

        [WorkflowUpdate]
        public async Task<int> PokeAsync(int by)
        {
            trace.Add("update");
            await semaphore.WaitAsync();
            await Workflow.DelayAsync(by);
            semaphore.Release();
            return trace.Count;
        }

        private async Task RunAsync(Step step, CancellationToken token)
        {
            var activity = new ActivityOptions
            {
                StartToCloseTimeout = TimeSpan.FromSeconds(10),
                CancellationToken = token,
                CancellationType = (ActivityCancellationType)(step.Number - 1),
            };
            switch (step.Kind)
            {
                case "delay":
                    await Workflow.DelayAsync(step.Number, token);
                    break;
                case "activity":
                    trace.Add(await Workflow.ExecuteActivityAsync(() => TestActivities.Greet($"{step.Number}"), activity));
                    break;
                case "child":
                    trace.Add($"{await Workflow.ExecuteChildWorkflowAsync(
                        (EchoWorkflow w) => w.RunAsync(step.Number), new() { CancellationToken = token })}");
                    break;
                case "condition":
                    trace.Add($"{await Workflow.WaitConditionAsync(() => signals >= step.Number, step.Number, token)}");
                    break;
                case "upsert":
                    Workflow.UpsertTypedSearchAttributes(Number.ValueSet(step.Number));
                    break;
                case "memo":
                    Workflow.UpsertMemo(MemoUpdate.ValueSet("number", step.Number));
                    break;
                case "patch":
                    trace.Add($"{Workflow.Patched($"patch-{step.Number}")}");
                    break;
                case "random":
                    trace.Add($"{Workflow.Random.Next(100)}{Workflow.NewGuid()}");
                    break;
                case "details":
                    Workflow.CurrentDetails = $"{step.Number} {Workflow.UtcNow:O}";
                    break;
                case "cancelled":
                    await CancelAsync(step, activity);
                    break;
                case "semaphore":
                    await semaphore.WaitAsync();
                    await Workflow.DelayAsync(1);
                    semaphore.Release();
                    break;
                case "all":
                    await Workflow.WhenAllAsync(step.Steps.Select(inner => RunAsync(inner, token)));
                    break;
                case "any":
                    // What lost the race goes on.
                    await Workflow.WhenAnyAsync(step.Steps.Select(inner => RunAsync(inner, token)));
                    break;
                default:
                    foreach (var inner in step.Steps)
                    {
                        await RunAsync(inner, token);
                    }

                    break;
            }
        }

        private async Task CancelAsync(Step step, ActivityOptions activity)
        {
            using var cancel = new CancellationTokenSource();
            activity.CancellationToken = cancel.Token;
            var greeting = Workflow.ExecuteActivityAsync(() => TestActivities.Greet("cancelled"), activity);
            var timer = Workflow.DelayAsync(TimeSpan.FromHours(1), cancel.Token);
            if (step.Number > 1)
            {
                await Workflow.DelayAsync(1);
            }

            cancel.Cancel();
            try
            {
                await Workflow.WhenAllAsync(greeting, timer);
            }
            catch (Exception e) when (TemporalException.IsCanceledException(e))
            {
                trace.Add("cancelled");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Replay_OfRandomPrograms_IssuesTheSameCommands(int cached)
    {
        var programs = new List<Step>();
        GenStep.Array[6].Sample(programs.AddRange, iter: 1, threads: 1);
        await WorkerRun.RunAsync(
            server,
            options =>
            {
                options.AddWorkflow<ProgramWorkflow>().AddWorkflow<EchoWorkflow>().AddActivity(TestActivities.Greet);
                options.MaxCachedWorkflows = cached;
            },
            run => Task.WhenAll(programs.Select(program => CheckAsync(run, program))));
    }

    private static async Task CheckAsync(WorkerRun run, Step program)
    {
        var text = JsonSerializer.Serialize(program);
        var handle = await run.Client.StartWorkflowAsync((ProgramWorkflow w) => w.RunAsync(program), run.NewWorkflow());
        await handle.SignalAsync(w => w.NudgeAsync());
        await handle.ExecuteUpdateAsync(w => w.PokeAsync(1));
        await handle.SignalAsync(w => w.NudgeAsync());
        var result = await handle.GetResultAsync();
        var history = await handle.FetchHistoryAsync();
        Assert.DoesNotContain(
            history.Events,
            e => e.EventType == EventType.WorkflowTaskFailed
                && e.WorkflowTaskFailedEventAttributes.Cause != WorkflowTaskFailedCause.UnhandledCommand);
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<ProgramWorkflow>());
        var replay = await replayer.ReplayWorkflowAsync(
            WorkflowHistory.FromJson(handle.Id, history.ToJson()), throwOnReplayFailure: false);
        Assert.True(replay.ReplayFailure == null, $"{replay.ReplayFailure} in {text} with result {result}");
    }
}
