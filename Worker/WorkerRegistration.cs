using ImageLibrary.Activities;
using ImageLibrary.Worker.Isolation;
using ImageLibrary.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace ImageLibrary.Worker;

/// <summary>Registers the worker with a host.</summary>
public static class WorkerRegistration
{
    // The batches of as many collections as may be in work at once, most of which wait for a buffer, leave room for the activities
    // that keep the books.
    private const int ActivitySlots = (2 * RunLimits.MaxConcurrency) + 16;
    private const int InteractiveSlots = 8;
    private static readonly TimeSpan GracefulShutdown = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeartbeatThrottle = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Adds workflows, activities and the pool of rendering threads. The host supplies <c>ILibraryStore</c>,
    /// <c>IBlobStore</c>, <c>IImageRenderer</c> and <c>IArchiveOpener</c>; an <see cref="ITemporalClient"/> is added
    /// unless there is one.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Settings.</param>
    public static IServiceCollection AddImageLibraryWorker(this IServiceCollection services, WorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddTemporalClient(connect => Copy(options.Client, connect));
        services.AddActivityParts(options);

        // Hosted services start in this order: attributes before workers, so that the first workflow task may set them.
        services.AddHostedService<SearchAttributeRegistration>();
        services.AddJobWorker();
        services.AddInteractiveWorker();
        return services;
    }

    private static void AddActivityParts(this IServiceCollection services, WorkerOptions options)
    {
        services.AddSingleton(new ActivitySettings
        {
            DataDirectory = options.DataDirectory,
            StateDirectory = options.StateDirectory ?? options.DataDirectory,
            Workers = options.Workers,
            MemoryBudget = options.MemoryBudget,
            MaxFileBytes = options.PictureLimits.MaxFileBytes,
            IsolatedFileBytes = options.IsolatedFileBytes,
            PictureDeadline = options.PictureDeadline,
            ReadDeadline = options.ReadDeadline,
            WaitInterval = options.WaitInterval,
        });
        services.AddSingleton<RenderSettings>(provider => provider.GetRequiredService<ActivitySettings>());
        services.AddSingleton<SearchAttributeAvailability>();
        services.AddSingleton<JobBooks>();
        services.AddSingleton<RootGuard>();
        services.AddSingleton<SourceListings>();
        services.AddSingleton<SuspendedWalks>();
        services.AddSingleton<KnownImages>();
        services.AddSingleton<ReadPool>();
        services.AddSingleton<RenderPool>();
        services.AddSingleton<MemoryBudget>();
        services.AddSingleton<InFlightFile>();
        services.AddSingleton(new HelperOptions
        {
            Memory = options.HelperMemory,
            ExtraFormats = options.ExtraFormats,
            Limits = options.PictureLimits,
            PictureDeadline = options.PictureDeadline,
        });
        services.AddSingleton<IIsolatedRenderer, IsolatedRenderer>();
        services.AddSingleton<GuardedRenderer>();
        services.AddSingleton<PictureRenderer>();
        services.AddSingleton<MoveClaims>();
        services.AddSingleton<PictureProcessor>();
        services.AddSingleton<PicturePipeline>();
        services.AddSingleton<BatchRecorder>();
    }

    private static void AddJobWorker(this IServiceCollection services) =>
        services.AddHostedTemporalWorker(TaskQueues.Jobs)
            .ConfigureOptions(worker => Limit(worker, ActivitySlots))
            .AddWorkflow<LibraryScan>()
            .AddWorkflow<CollectionProcessing>()
            .AddWorkflow<LibraryRemoval>()
            .AddSingletonActivities<StartLibraryScan>()
            .AddSingletonActivities<StartCollectionScan>()
            .AddSingletonActivities<DiscoverCollections>()
            .AddSingletonActivities<AwaitCollection>()
            .AddSingletonActivities<ListImages>()
            .AddSingletonActivities<RenderBatch>()
            .AddSingletonActivities<RenderArchive>()
            .AddSingletonActivities<FoldCollections>()
            .AddSingletonActivities<RecordJobState>()
            .AddSingletonActivities<ApplyRemovals>()
            .AddSingletonActivities<FinishJob>()
            .AddSingletonActivities<StartLibraryRemoval>()
            .AddSingletonActivities<EndLibraryJobs>()
            .AddSingletonActivities<ListRemainingCollections>()
            .AddSingletonActivities<RemoveCollection>()
            .AddSingletonActivities<RemoveLibrary>();

    private static void AddInteractiveWorker(this IServiceCollection services) =>
        services.AddHostedTemporalWorker(TaskQueues.Interactive)
            .ConfigureOptions(worker => Limit(worker, InteractiveSlots))
            .AddWorkflow<RenderOnDemand>()
            .AddSingletonActivities<RenderImage>();

    private static void Limit(TemporalWorkerOptions worker, int slots)
    {
        worker.MaxConcurrentActivities = slots;
        worker.GracefulShutdownTimeout = GracefulShutdown;
        worker.MaxHeartbeatThrottleInterval = HeartbeatThrottle;
        worker.DefaultHeartbeatThrottleInterval = HeartbeatThrottle;
    }

    private static void Copy(TemporalClientConnectOptions from, TemporalClientConnectOptions to)
    {
        to.TargetHost = from.TargetHost;
        to.Namespace = from.Namespace;
        to.Tls = from.Tls;
        to.ApiKey = from.ApiKey;
        to.RpcMetadata = from.RpcMetadata;
        to.LoggerFactory = from.LoggerFactory;
        to.Interceptors = from.Interceptors;
    }
}
