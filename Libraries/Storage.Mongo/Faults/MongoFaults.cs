using System.Net.Sockets;
using System.Text;
using ImageLibrary.Core;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Turns the driver's errors into ones that say what the user can do; secrets are in none of them.</summary>
internal static class MongoFaults
{
    private const int ObjectTooLarge = 10334;
    private const int ObjectTooLargeToo = 17280;
    private const int BsonObjectTooLarge = 17419;
    private const int OutOfDiskSpace = 14031;
    private const int Unauthorized = 13;

    /// <summary>The fault as a <see cref="StoreException"/>; null when neither driver nor server raised it.</summary>
    public static StoreException? Translate(Exception fault) => fault switch
    {
        MongoAuthenticationException => new StoreException(
            "The MongoDB server refused the user name or the password; check both, and authSource, in MONGODB_URL.", fault),
        TimeoutException when Inner<MongoAuthenticationException>(fault) is not null => Translate(Inner<MongoAuthenticationException>(fault)!),
        TimeoutException => new StoreException($"The MongoDB server cannot be reached{Cause(fault)}; check the address in MONGODB_URL, and that it runs: it ends when its disk is full, and its log says so.", fault),
        MongoConnectionException => new StoreException($"The connection to the MongoDB server failed{Cause(fault)}.", fault),
        MongoConnectionPoolPausedException => new StoreException(
            "The MongoDB server lost or refused the last connections; new ones are tried until it answers.", fault),
        MongoNotPrimaryException or MongoNodeIsRecoveringException => new StoreException(
            "The MongoDB replica set has no primary right now; it goes on when one is elected.", fault),
        MongoWaitQueueFullException => new StoreException("Too many requests wait for a connection to the MongoDB server.", fault),
        MongoBulkWriteException { WriteErrors: [var error, ..] } => Explain(error.Code, error.Message, fault),
        MongoWriteException { WriteError: { } error } => Explain(error.Code, error.Message, fault),
        MongoCommandException command => Explain(command.Code, command.ErrorMessage, fault),
        MongoException => new StoreException($"The store failed: {fault.Message}", fault),
        FormatException or DecoderFallbackException => new StoreException($"A document cannot be written or read: {fault.Message}", fault),
        InvalidCastException or KeyNotFoundException => new StoreException($"A stored document does not fit: {fault.Message}", fault),
        _ => null,
    };

    private static StoreException Explain(int code, string message, Exception fault) => code switch
    {
        ObjectTooLarge or ObjectTooLargeToo or BsonObjectTooLarge => new StoreException(
            "A document would exceed the 16 MB that MongoDB allows; nothing of it was written.", fault),
        OutOfDiskSpace => new StoreException("No space is left on the disk of the MongoDB server; free some.", fault),
        Unauthorized => new StoreException($"The user of MONGODB_URL may not do that: {message}", fault),
        _ => new StoreException($"The MongoDB server refused: {message}", fault),
    };

    private static string Cause(Exception fault) => Inner<SocketException>(fault) is { } socket ? $" ({socket.Message})" : "";

    private static T? Inner<T>(Exception fault)
        where T : Exception
    {
        for (var inner = fault.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is T found)
            {
                return found;
            }
        }
        return null;
    }
}
