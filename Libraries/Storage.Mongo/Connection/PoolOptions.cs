using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>How many connections there may be, and how long things may take.</summary>
internal static class PoolOptions
{
    public static void Apply(UrlOptions options, MongoClientSettings settings)
    {
        settings.MaxConnectionPoolSize = options.Number("maxPoolSize", 0) switch
        {
            null => settings.MaxConnectionPoolSize,
            // The specification's way to say unlimited.
            0 => int.MaxValue,
            { } size => size,
        };
        settings.MinConnectionPoolSize = options.Number("minPoolSize", 0) ?? settings.MinConnectionPoolSize;
        if (settings.MinConnectionPoolSize > settings.MaxConnectionPoolSize)
        {
            throw ConnectionFault.Of("option minPoolSize exceeds maxPoolSize");
        }
        settings.MaxConnecting = options.Number("maxConnecting", 1) ?? settings.MaxConnecting;
        settings.MaxConnectionIdleTime = options.Milliseconds("maxIdleTimeMS") ?? settings.MaxConnectionIdleTime;
        settings.MaxConnectionLifeTime = options.Milliseconds("maxLifeTimeMS") ?? settings.MaxConnectionLifeTime;
        settings.WaitQueueTimeout = options.Milliseconds("waitQueueTimeoutMS") ?? settings.WaitQueueTimeout;
        settings.ConnectTimeout = options.Milliseconds("connectTimeoutMS") ?? settings.ConnectTimeout;
        settings.SocketTimeout = options.Milliseconds("socketTimeoutMS") ?? settings.SocketTimeout;
    }
}
