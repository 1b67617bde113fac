using System.Collections.Concurrent;

namespace ImageLibrary.Imaging.Jpeg.Entropy;

/// <summary>
/// Tables that were made once: the pictures of a camera, and all that are not optimised, have the same. Forgets them all when there
/// are too many.
/// </summary>
/// <typeparam name="TKey">What a table is made of.</typeparam>
/// <typeparam name="TTable">A table that nobody changes.</typeparam>
internal sealed class KeptTables<TKey, TTable>
    where TKey : notnull
{
    private const int Most = 32;

    private readonly ConcurrentDictionary<TKey, TTable> _tables = new();

    internal TTable GetOrAdd(TKey key, Func<TKey, TTable> make)
    {
        if (_tables.TryGetValue(key, out var table))
        {
            return table;
        }

        if (_tables.Count >= Most)
        {
            _tables.Clear();
        }

        return _tables.GetOrAdd(key, make);
    }
}
