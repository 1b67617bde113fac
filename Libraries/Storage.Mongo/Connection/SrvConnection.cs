using ImageLibrary.Core;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>URLs whose hosts stand in DNS: the driver reads them, where its DNS library is there.</summary>
internal static class SrvConnection
{
    public const string Scheme = "mongodb+srv://";

    public static (MongoClientSettings Settings, string? DatabaseName) Read(string url)
    {
        try
        {
            var parsed = new MongoUrl(url);
            return (MongoClientSettings.FromUrl(parsed), parsed.DatabaseName);
        }
        catch (Exception exception) when (IsMissingDns(exception))
        {
            throw ConnectionFault.Of(
                $"{Scheme} needs DNS look-ups by DnsClient, which this build does not have. Build with -p:OfficialMongo=true, "
                + "or write the hosts out: mongodb://host1,host2,host3/?replicaSet=…&tls=true&authSource=admin");
        }
        // Messages of the driver quote the URL.
        catch (Exception exception) when (exception is MongoException or ArgumentException or FormatException)
        {
            throw ConnectionFault.Of($"the driver refuses {SecretMask.Coarse(url)} ({exception.GetType().Name})");
        }
    }

    private static bool IsMissingDns(Exception exception) =>
        exception is FileNotFoundException or TypeInitializationException
        && exception.ToString().Contains("DnsClient", StringComparison.Ordinal);
}
