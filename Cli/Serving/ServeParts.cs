using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ImageLibrary.Api;
using ImageLibrary.Api.Health;
using ImageLibrary.Api.Jobs;
using ImageLibrary.Api.Problems;
using ImageLibrary.Api.Scans;
using ImageLibrary.Archives;
using ImageLibrary.Cli.Rendering;
using ImageLibrary.Cli.Settings;
using ImageLibrary.Core;
using ImageLibrary.Storage.Files;
using ImageLibrary.Temporal.Server;
using ImageLibrary.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace ImageLibrary.Cli.Serving;

/// <summary>The parts that a process runs and the order in which they start and stop.</summary>
internal sealed class ServeParts : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly ServeSettings _settings;
    private readonly DataFolder _data;
    private readonly ServerFile? _former;
    private readonly ILoggerFactory _logging;
    private readonly StorePart _store;
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TemporalServerHost? _engine;
    private IHost? _worker;
    private WebApplication? _api;
    private FileBlobStore? _blobs;
    private bool _stopping;

    public ServeParts(ServeSettings settings, DataFolder data)
    {
        _settings = settings;
        _data = data;
        // After a crash, pages and tools that are open expect the server where it was.
        _former = settings.Restarted ? DataFolder.ReadServer(data.Path) : null;
        _logging = Logging.Create(settings.Verbose);
        _store = StorePart.Create(settings, data, _logging);
        ApiOptions = new ApiOptions
        {
            AdminToken = data.AdminToken(),
            DataDirectory = data.Path,
            Port = settings.Port.Value > 0 ? settings.Port.Value : FormerPort(_former?.Url),
            Bind = settings.Bind.Value,
            AllowedHosts = settings.AllowedHosts.Value,
            BasePath = settings.BasePath.Value,
            WebRoot = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        };
    }

    public ILibraryStore Store => _store.Store;

    /// <summary>Which store it is and where that was set.</summary>
    public string StoreDescription => _store.Description;

    public ApiOptions ApiOptions { get; private set; }

    /// <summary>Fails when a part has ended by itself.</summary>
    public Task Broken => _broken.Task;

    public string EngineAddress { get; private set; } = "";

    /// <summary>Where the page is, for a browser on this machine.</summary>
    public string Url { get; private set; } = "";

    public JobMapper JobMapper => _api!.Services.GetRequiredService<JobMapper>();

    public async Task OpenStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            ApiOptions.Validate();
            await Store.InitializeAsync(cancellationToken);
            if (_store.IsShared)
            {
                var hash = SHA256.HashData(Encoding.UTF8.GetBytes(ApiOptions.AdminToken));
                var token = new AccessToken($"{Environment.MachineName}:{_data.Path}", AccessRole.Admin, hash);
                ApiOptions = ApiOptions with { Access = await Store.ShareAccessAsync(token, cancellationToken) };
            }
        }
        catch (Exception e) when (e is ArgumentException or StoreException)
        {
            throw new UserException(e.Message, inner: e);
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_settings.Role.HasFlag(ServeRole.Api))
        {
            RefuseTakenPort();
        }
        var identity = $"imagelibrary@{Environment.MachineName}:{_data.Path}";
        EngineAddress = _settings.Temporal.Address.Value ?? await StartEngineAsync(identity, cancellationToken);
        var connect = await _settings.Temporal.ConnectOptionsAsync(EngineAddress, cancellationToken);
        connect.LoggerFactory = _logging;
        if (_engine is not null)
        {
            connect.Identity = identity;
        }
        var client = await ConnectAsync(connect);
        _blobs = new FileBlobStore(_data.Cache);
        if (_settings.Role.HasFlag(ServeRole.Worker))
        {
            await StartWorkerAsync(client, connect, cancellationToken);
        }
        if (_settings.Role.HasFlag(ServeRole.Api))
        {
            await StartApiAsync(client, cancellationToken);
        }
    }

    public async Task StartScansAsync(IReadOnlyList<Library> libraries, CancellationToken cancellationToken)
    {
        var starter = _api!.Services.GetRequiredService<JobStarter>();
        foreach (var library in libraries)
        {
            try
            {
                await starter.ScanLibraryAsync(library.Id, new ScanLibraryRequest(), cancellationToken);
            }
            catch (ApiProblemException e)
            {
                await Console.Error.WriteLineAsync($"note: {library.RootPath} is not scanned: {e.Message}");
            }
        }
    }

    public async Task StopAsync()
    {
        _stopping = true;
        using var patience = new CancellationTokenSource(StopPatience);
        if (_worker is not null)
        {
            await _worker.StopAsync(patience.Token);
        }
        if (_api is not null)
        {
            await _api.StopAsync(patience.Token);
        }
        if (_engine is not null)
        {
            await _engine.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopping)
        {
            // A start that failed half way stops what has started in the usual order.
            try
            {
                await StopAsync();
            }
            catch (OperationCanceledException)
            {
                // It took too long; what is left ends with the process, and the reason of the failure is what counts.
            }
        }
        _worker?.Dispose();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }
        await Store.DisposeAsync();
        _blobs?.Dispose();
        _logging.Dispose();
    }

    private async Task<string> StartEngineAsync(string identity, CancellationToken cancellationToken)
    {
        _engine = await EnginePart.StartAsync(
            new TemporalServerOptions
            {
                Port = _settings.EnginePort.Value > 0 ? _settings.EnginePort.Value : FormerPort($"http://{_former?.EngineAddress}"),
                DatabaseFile = _settings.EngineDatabase.Value ?? _data.Engine,
                Namespaces = [_settings.Temporal.Namespace.Value],
                WorkerIdentity = identity,
                LoggerFactory = _logging,
            },
            ServeOptions.EnginePort.Name,
            cancellationToken);
        return _engine.Address;
    }

    private async Task<TemporalClient> ConnectAsync(TemporalClientConnectOptions connect)
    {
        try
        {
            return await TemporalClient.ConnectAsync(connect);
        }
        catch (Exception e) when (e is InvalidOperationException or Temporalio.Exceptions.RpcException or IOException or HttpRequestException)
        {
            throw new UserException(
                $"the Temporal server at {EngineAddress} (set by {_settings.Temporal.Address.Source}) does not answer: {e.Message}", inner: e);
        }
    }

    private async Task StartWorkerAsync(TemporalClient client, TemporalClientConnectOptions connect, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "ImageLibrary.Worker" });
        AddShared(builder.Services, builder.Logging, client);
        builder.Services.AddSingleton<IImageRenderer>(_ => Renderers.Create(_settings.Limits.InProcess, _settings.ExtraFormats.Value));
        try
        {
            builder.Services.AddImageLibraryWorker(new WorkerOptions
            {
                Client = connect,
                DataDirectory = _data.Path,
                StateDirectory = _data.State,
                Workers = _settings.Workers.Value,
                MemoryBudget = _settings.MemoryBudget.Value,
                HelperMemory = _settings.HelperMemory.Value,
                ExtraFormats = _settings.ExtraFormats.Value,
                PictureLimits = _settings.Limits.Pictures,
                IsolatedFileBytes = _settings.Limits.IsolatedFileBytes,
                PictureDeadline = _settings.Limits.PictureTime,
            });
        }
        catch (ArgumentException e)
        {
            throw new UserException(e.Message, ExitCodes.Usage, e);
        }
        _worker = builder.Build();
        await _worker.StartAsync(cancellationToken);
        _worker.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
        {
            if (!_stopping)
            {
                _broken.TrySetException(new InvalidOperationException("the worker has ended"));
            }
        });
    }

    private async Task StartApiAsync(TemporalClient client, CancellationToken cancellationToken)
    {
        _api = ApiHost.Build(ApiOptions, builder =>
        {
            AddShared(builder.Services, builder.Logging, client);
            builder.Services.AddSingleton(new WorkerHealth(
                cancellation => _worker is null ? RemoteWorkers.ProblemAsync(client, cancellation) : Task.FromResult(WorkerProblem(_worker))));
        });
        try
        {
            await _api.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw PortTaken(e);
        }
        var address = new Uri(_api.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var host = address.Host is "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        Url = $"http://{host}:{address.Port}{ApiOptions.BasePath}/";
    }

    // Told before engine and worker start, and work is taken up, in vain.
    private void RefuseTakenPort()
    {
        try
        {
            foreach (var address in ApiOptions.Bind)
            {
                using var probe = new TcpListener(address, ApiOptions.Port);
                probe.Start();
            }
        }
        catch (SocketException e)
        {
            throw PortTaken(e);
        }
    }

    private UserException PortTaken(Exception cause) => new(
        $"port {ApiOptions.Port} (set by {_settings.Port.Source}) cannot be used: {cause.Message.TrimEnd('.')}; choose another by --port (0 takes a free one)",
        inner: cause);

    private void AddShared(IServiceCollection services, ILoggingBuilder logging, TemporalClient client)
    {
        Logging.Configure(logging, _settings.Verbose);
        services.AddSingleton<IHostLifetime, PassiveLifetime>()
            .AddSingleton<ILibraryStore>(Store)
            .AddSingleton<IBlobStore>(_blobs!)
            .AddSingleton<IArchiveOpener>(new ArchiveOpener(_settings.Limits.Archives))
            .AddSingleton<ITemporalClient>(client);
    }

    private static string? WorkerProblem(IHost worker) =>
        worker.Services.GetServices<IHostedService>().OfType<BackgroundService>().All(part => part.ExecuteTask is { IsCompleted: false })
            ? null
            : "It has ended; the log says why.";

    private static int FormerPort(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Port : 0;
}
