using ImageLibrary.Temporal.Server.Execution;
using ImageLibrary.Temporal.Server.Matching;
using ImageLibrary.Temporal.Server.Rpc;
using ImageLibrary.Temporal.Server.Sharding;
using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Visibility;
using ImageLibrary.Temporal.Server.Visibility.Workers;
using ImageLibrary.Temporal.Server.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Namespace.V1;

namespace ImageLibrary.Temporal.Server;

/// <summary>
/// The parts of the server and how they belong together. Operations live in folders of their own under <c>Rpc</c> and add themselves to
/// <see cref="Methods"/>; workflow state lives on the <see cref="Shard"/>'s loop; rows outside of workflows go through
/// <see cref="Commits"/>; reads of committed rows go through <see cref="Store"/>.
/// </summary>
internal sealed class TemporalEngine : IAsyncDisposable
{
    private bool disposed;

    private TemporalEngine(TemporalServerOptions options)
    {
        Options = options;
        Loggers = options.LoggerFactory ?? NullLoggerFactory.Instance;
        Time = options.TimeProvider;
        Store = SqliteStore.Open(options, Loggers.CreateLogger<SqliteStore>(), message => Shard!.Refuse(message));
        Visibility = new VisibilityStore(Store);
        Visibility.CreateSchema(Store.Writer);
        Commits = new CommitQueue(Store.Writer, Visibility.Write, Loggers.CreateLogger<CommitQueue>());
        Namespaces = new NamespaceRegistry(Store, Commits);
        Pollers = new PollerRegistry(Time);
        Workers = new WorkerRegistry(Time);
        Shard = new Shard(Commits, Time, Loggers.CreateLogger<Shard>());
        Workflows = new WorkflowEngine(this);
        Retention = new RetentionSweep(this, Loggers.CreateLogger<RetentionSweep>());
        Methods = new MethodTable();
        SystemMethods.Register(Methods, this);
        WorkflowMethods.Register(Methods, this);
        WorkflowTaskMethods.Register(Methods, this);
        ActivityTaskMethods.Register(Methods, this);
        UpdateMethods.Register(Methods, this);
        HistoryMethods.Register(Methods, this);
        VisibilityMethods.Register(Methods, this);
    }

    public TemporalServerOptions Options { get; }

    public ILoggerFactory Loggers { get; }

    public TimeProvider Time { get; }

    public SqliteStore Store { get; }

    /// <summary>The only way to write: <see cref="CommitQueue.WriteAsync"/> for rows that belong to no workflow.</summary>
    public CommitQueue Commits { get; }

    public Shard Shard { get; }

    /// <summary>The runs and their queues; belongs to the shard's loop.</summary>
    public WorkflowEngine Workflows { get; }

    public RetentionSweep Retention { get; }

    public NamespaceRegistry Namespaces { get; }

    public VisibilityStore Visibility { get; }

    public PollerRegistry Pollers { get; }

    public WorkerRegistry Workers { get; }

    public MethodTable Methods { get; }

    public static async Task<TemporalEngine> StartAsync(TemporalServerOptions options, CancellationToken cancellationToken)
    {
        var engine = new TemporalEngine(options);
        try
        {
            engine.Commits.Start();
            engine.Shard.Start();
            engine.Namespaces.Load();
            foreach (var name in options.Namespaces.Prepend(NamespaceRegistry.Default).Distinct().Where(name => !engine.Namespaces.Contains(name)))
            {
                await engine.Namespaces.AddAsync(new NamespaceInfo { Name = name }, options.Retention).ConfigureAwait(false);
            }

            await engine.RegisterSearchAttributesAsync().ConfigureAwait(false);
            await engine.Shard.ExecuteAsync(_ =>
            {
                engine.Workflows.Recover(options.WorkerIdentity);
                return true;
            }).ConfigureAwait(false);
            engine.Retention.Start();
            cancellationToken.ThrowIfCancellationRequested();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task RegisterSearchAttributesAsync()
    {
        var attributes = Options.SearchAttributes.ToDictionary(entry => entry.Key, entry => (IndexedValueType)entry.Value);
        foreach (var name in Options.Namespaces.Prepend(NamespaceRegistry.Default).Distinct())
        {
            if (attributes.Count > 0)
            {
                await Visibility.AddAsync(Commits, name, attributes).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends waiting polls and refuses new work, so that open calls end.</summary>
    public void BeginStop()
    {
        Shard.BeginStop();
        Shard.Post(() =>
        {
            var stopping = RpcException.Unavailable("The server is stopping.");
            Workflows.WorkflowQueues.RefuseAll(stopping);
            Workflows.ActivityQueues.RefuseAll(stopping);
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        await Retention.DisposeAsync().ConfigureAwait(false);
        await Shard.DisposeAsync().ConfigureAwait(false);
        await Commits.DisposeAsync().ConfigureAwait(false);
        Visibility.Dispose();
        await Store.DisposeAsync().ConfigureAwait(false);
    }
}
