using System.Collections.Concurrent;
using System.Diagnostics;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// The kinds of derivatives that libraries want, which decide what is incomplete. They are remembered for a while, so that a
/// batch needs no round trip of its own for them.
/// </summary>
internal sealed class DerivativeKinds(IMongoCollection<BsonDocument> meta, TimeSpan age)
{
    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);

    public async ValueTask<string[]> GetAsync(string libraryId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(libraryId, out var known) && Stopwatch.GetElapsedTime(known.ReadAt) < age)
        {
            return known.Kinds;
        }
        var found = await meta.Find(MetaDocuments.Libraries)
            .Project(new BsonDocument("libraries", new BsonDocument("$elemMatch", new BsonDocument("id", libraryId))))
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        string[] kinds = found is not null && found.TryGetValue("libraries", out var libraries)
            ? [.. LibraryDocument.Read(libraries[0].AsBsonDocument).Settings.Derivatives.Select(spec => spec.Kind)]
            : [];
        _known[libraryId] = new Entry(kinds, Stopwatch.GetTimestamp());
        return kinds;
    }

    /// <summary>Forgets everything: settings have changed.</summary>
    public void Forget() => _known.Clear();

    private sealed record Entry(string[] Kinds, long ReadAt);
}
