using CsCheck;
using ImageLibrary.Temporal.Server.Sharding;
using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Sharding;

public sealed class TimerQueueTests
{
    [Fact]
    public void Advance_SomeMattersSettled_OthersFireOnceInOrder() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Bool).Array[0, 1500].Sample(matters =>
        {
            var time = new ManualTime();
            using var queue = new TimerQueue(time, action => action());
            var fired = new List<int>();
            foreach (var (due, stands) in matters)
            {
                queue.Add(time.GetUtcNow().AddSeconds(due), () => stands, () => fired.Add(due));
            }

            time.Advance(TimeSpan.FromSeconds(50_001));
            var half = matters.Where(matter => matter.Item1 <= 50_000 && matter.Item2).Select(matter => matter.Item1).Order();
            Assert.Equal(half, fired.Where(due => due <= 50_000));
            time.Advance(TimeSpan.FromSeconds(50_001));
            Assert.Equal(matters.Where(matter => matter.Item2).Select(matter => matter.Item1).Order(), fired);
        }, iter: 50);

    [Fact]
    public void Add_MattersSettleAtOnce_QueueStaysSmall()
    {
        var time = new ManualTime();
        using var queue = new TimerQueue(time, action => action());
        var standing = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var stands = i % 100 == 0;
            standing += stands ? 1 : 0;
            queue.Add(time.GetUtcNow().AddDays(1), () => stands, () => Assert.True(stands));
            Assert.InRange(queue.Count, standing, Math.Max(256, 2 * standing) + 1);
        }

        time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public async Task Complete_ActivitiesWithLongTimeouts_KeepNothingInMemory()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        for (var round = 0; round < 8; round++)
        {
            var activities = Enumerable.Range(0, 100).Select(i => Requests.Activity($"{round}-{i}")).ToArray();
            foreach (var attributes in activities.Select(command => command.ScheduleActivityTaskCommandAttributes))
            {
                attributes.ScheduleToCloseTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromDays(1));
            }

            await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Requests.Complete((await server.PollWorkflowAsync())!, activities));
            while (await server.PollActivityAsync() is { } task)
            {
                await server.CallAsync<RespondActivityTaskCompletedResponse>(new RespondActivityTaskCompletedRequest { TaskToken = task.TaskToken });
            }
        }

        // Each of the 800 armed two or three; those of one round may still be there.
        Assert.InRange(server.Engine.Shard.Timers.Count, 1, 700);
    }
}
