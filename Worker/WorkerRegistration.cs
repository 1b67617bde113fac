using Microsoft.Extensions.DependencyInjection;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;

namespace ImageLibrary.Worker;

/// <summary>Registers the worker with a host.</summary>
public static class WorkerRegistration
{
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
        services.AddTemporalClient(connect => Copy(options.Client, connect));
        return services;
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
