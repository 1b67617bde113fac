using System.Text;
using MongoDB.Driver;
using MongoDB.Driver.Core.Servers;

namespace ImageLibrary.Storage.Mongo;

/// <summary>How servers are found, watched and told who asks.</summary>
internal static class TopologyOptions
{
    private const int MaxApplicationNameBytes = 128;
    private const int LeastHeartbeatMilliseconds = 500;

    public static void Apply(UrlOptions options, MongoClientSettings settings)
    {
        settings.ReplicaSetName = options.Text("replicaSet");
        settings.DirectConnection = options.Flag("directConnection") ?? false;
        settings.LoadBalanced = options.Flag("loadBalanced") ?? false;
        var several = settings.Servers.Count() > 1;
        if (settings.DirectConnection && several)
        {
            throw ConnectionFault.Of("option directConnection allows one host only");
        }
        if (settings.LoadBalanced && (several || settings.ReplicaSetName is not null || settings.DirectConnection))
        {
            throw ConnectionFault.Of("option loadBalanced allows one host only, and neither replicaSet nor directConnection");
        }
        settings.ServerMonitoringMode = options.Word("serverMonitoringMode", "auto", "poll", "stream") switch
        {
            "poll" => ServerMonitoringMode.Poll,
            "stream" => ServerMonitoringMode.Stream,
            _ => ServerMonitoringMode.Auto,
        };
        settings.HeartbeatInterval = options.Milliseconds("heartbeatFrequencyMS", LeastHeartbeatMilliseconds) ?? settings.HeartbeatInterval;
        settings.LocalThreshold = options.Milliseconds("localThresholdMS") ?? settings.LocalThreshold;
        settings.ServerSelectionTimeout = options.Milliseconds("serverSelectionTimeoutMS") ?? settings.ServerSelectionTimeout;
        var applicationName = options.Text("appName");
        if (applicationName is not null && Encoding.UTF8.GetByteCount(applicationName) > MaxApplicationNameBytes)
        {
            throw ConnectionFault.Of($"option appName has more than {MaxApplicationNameBytes} bytes");
        }
        settings.ApplicationName = applicationName;
    }
}
