using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Enums.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>Options of a connection together with those of its client.</summary>
public class TemporalClientConnectOptions : TemporalConnectionOptions
{
    /// <summary>Creates options without a host.</summary>
    public TemporalClientConnectOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="targetHost">Host and port of the server.</param>
    public TemporalClientConnectOptions(string targetHost)
        : base(targetHost)
    {
    }

    /// <inheritdoc cref="TemporalClientOptions.Namespace" />
    public string Namespace { get; set; } = "default";

    /// <inheritdoc cref="TemporalClientOptions.DataConverter" />
    public DataConverter DataConverter { get; set; } = DataConverter.Default;

    /// <inheritdoc cref="TemporalClientOptions.Interceptors" />
    public IReadOnlyCollection<IClientInterceptor>? Interceptors { get; set; }

    /// <inheritdoc cref="TemporalClientOptions.LoggerFactory" />
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <inheritdoc cref="TemporalClientOptions.QueryRejectCondition" />
    public QueryRejectCondition? QueryRejectCondition { get; set; }

    /// <summary>The options of the client alone.</summary>
    /// <returns>The options.</returns>
    public TemporalClientOptions ToClientOptions() => new()
    {
        Namespace = Namespace,
        DataConverter = DataConverter,
        Interceptors = Interceptors,
        LoggerFactory = LoggerFactory,
        QueryRejectCondition = QueryRejectCondition,
    };
}
