using ImageLibrary.Core;

namespace ImageLibrary.Storage.Mongo;

internal static class ConnectionFault
{
    /// <summary>What to throw for a wrong URL. The sentence quotes no part of the URL that could belong to a secret.</summary>
    public static StoreException Of(string sentence, Exception? inner = null) => new($"The MongoDB URL cannot be used: {sentence}", inner);
}
