namespace ImageLibrary.Tests.MongoServers;

/// <summary>Kinds of servers.</summary>
public enum ServerKind
{
    /// <summary>One server without replication: no transactions, no retryable writes.</summary>
    Alone,

    /// <summary>A replica set.</summary>
    ReplicaSet,
}
