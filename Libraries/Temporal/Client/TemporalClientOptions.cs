using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Enums.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>Options of a client.</summary>
public class TemporalClientOptions : ICloneable
{
    /// <summary>The namespace. Default <c>default</c>.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>How values and exceptions cross the wire.</summary>
    public DataConverter DataConverter { get; set; } = DataConverter.Default;

    /// <summary>Interceptors of the client's calls, the first is the outermost.</summary>
    public IReadOnlyCollection<IClientInterceptor>? Interceptors { get; set; }

    /// <summary>Where the client and its workers log.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>In which states of a workflow queries are refused, null for none.</summary>
    public QueryRejectCondition? QueryRejectCondition { get; set; }

    /// <inheritdoc />
    public virtual object Clone() => MemberwiseClone();
}
