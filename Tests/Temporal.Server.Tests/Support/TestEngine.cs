using Google.Protobuf;
using ImageLibrary.Temporal.Server;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Support;

/// <summary>The server in this process, without its wire: calls go to the same handlers, and the clock is the test's.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    public const string Namespace = "default";
    public const string Queue = "queue";
    public const string Worker = "worker";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engine-tests");
    private readonly string? workerIdentity;
    private int generation;

    private TestEngine(string? workerIdentity) => this.workerIdentity = workerIdentity;

    public ManualTime Time { get; } = new();

    public TemporalEngine Engine { get; private set; } = null!;

    public static async Task<TestEngine> StartAsync(string? workerIdentity = null)
    {
        var engine = new TestEngine(workerIdentity);
        await engine.OpenAsync();
        return engine;
    }

    /// <summary>Calls a method.</summary>
    public async Task<TReply> CallAsync<TReply>(IMessage request, CancellationToken cancellationToken = default)
        where TReply : class, IMessage<TReply>, new()
    {
        var name = request.Descriptor.Name[..^"Request".Length];
        Assert.True(Engine.Methods.TryFind($"/{MethodTable.WorkflowService}/{name}", out var method), name);
        var reply = await method.Handler(request, new RpcCall(null, string.Empty, cancellationToken));
        return Whole((TReply)reply.Message, reply.Tail);
    }

    /// <summary>The code with which a call is refused.</summary>
    public async Task<StatusCode> RefusalAsync<TReply>(IMessage request)
        where TReply : class, IMessage<TReply>, new() =>
        (await Assert.ThrowsAsync<RpcException>(() => CallAsync<TReply>(request))).Code;

    /// <summary>Takes a workflow task that waits; null if there is none.</summary>
    public async Task<PollWorkflowTaskQueueResponse?> PollWorkflowAsync(string queue = Queue, string identity = Worker)
    {
        var request = new PollWorkflowTaskQueueRequest
        {
            Namespace = Namespace,
            Identity = identity,
            TaskQueue = new TaskQueue { Name = queue, Kind = queue == Queue ? TaskQueueKind.Normal : TaskQueueKind.Sticky },
        };
        var reply = await PollAsync<PollWorkflowTaskQueueResponse>(request);
        return reply.TaskToken.IsEmpty ? null : reply;
    }

    /// <summary>Takes an activity task that waits; null if there is none.</summary>
    public async Task<PollActivityTaskQueueResponse?> PollActivityAsync(string identity = Worker)
    {
        var request = new PollActivityTaskQueueRequest { Namespace = Namespace, Identity = identity, TaskQueue = new TaskQueue { Name = Queue } };
        var reply = await PollAsync<PollActivityTaskQueueResponse>(request);
        return reply.TaskToken.IsEmpty ? null : reply;
    }

    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(string workflowId, string runId = "")
    {
        var reply = await CallAsync<GetWorkflowExecutionHistoryResponse>(new GetWorkflowExecutionHistoryRequest
        {
            Namespace = Namespace,
            Execution = new() { WorkflowId = workflowId, RunId = runId },
        });
        return [.. reply.History.Events];
    }

    /// <summary>Moves the clock on, and waits until what fell due has happened.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        await SettleAsync();
        Time.Advance(by);
        await SettleAsync();
    }

    /// <summary>Waits until what has been asked of the server has happened, with everything that follows from it.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; round < 3; round++)
        {
            await Engine.Shard.ExecuteAsync(_ => true);
        }
    }

    /// <summary>Stops the server and starts it on the same file.</summary>
    public async Task RestartAsync()
    {
        await Engine.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>Starts the server on what a kill at this moment would leave on disk.</summary>
    public async Task CrashAsync()
    {
        var before = DatabaseFile;
        generation++;
        foreach (var suffix in new[] { "", "-wal" })
        {
            File.Copy(before + suffix, DatabaseFile + suffix);
        }

        await Engine.DisposeAsync();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private string DatabaseFile => Path.Combine(folder.FullName, $"engine-{generation}.db");

    private async Task OpenAsync() => Engine = await TemporalEngine.StartAsync(
        new TemporalServerOptions
        {
            DatabaseFile = DatabaseFile,
            Durability = Durability.Normal,
            TimeProvider = Time,
            WorkerIdentity = workerIdentity,
        },
        CancellationToken.None);

    // A poll that got no task by the time that the server has dealt with it is given up.
    private async Task<TReply> PollAsync<TReply>(IMessage request)
        where TReply : class, IMessage<TReply>, new()
    {
        using var giveUp = new CancellationTokenSource();
        var poll = CallAsync<TReply>(request, giveUp.Token);
        await SettleAsync();
        await giveUp.CancelAsync();
        return await poll;
    }

    private static TReply Whole<TReply>(TReply head, IReadOnlyList<ReadOnlyMemory<byte>>? tail)
        where TReply : class, IMessage<TReply>, new()
    {
        foreach (var part in tail is null ? [] : new[] { tail.SelectMany(part => part.ToArray()).ToArray() })
        {
            head.MergeFrom(part);
        }

        return head;
    }
}
