using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>A map from names, in UTF-8, to values.</summary>
public class BsonTrie<TValue>
{
    public BsonTrieNode<TValue> Root { get; } = new();

    /// <exception cref="ArgumentException">The name is there already.</exception>
    public void Add(string elementName, TValue value)
    {
        ArgumentNullException.ThrowIfNull(elementName);
        var node = Root;
        foreach (var key in Utf8Encodings.Strict.GetBytes(elementName))
        {
            node = node.GetOrAddChild(key);
        }
        node.SetValue(elementName, value);
    }

    public bool TryGetNode(ArraySegment<byte> utf8, out BsonTrieNode<TValue> node)
    {
        node = Root;
        foreach (var key in utf8.AsSpan())
        {
            node = node.GetChild(key);
            if (node == null)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Looks up the name at the stream's position. Where it is not found, the position stays.</summary>
    public bool TryGetNode(BsonStream stream, out BsonTrieNode<TValue> node)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var start = stream.Position;
        if (TryGetNode(stream.ReadCStringBytes(), out node))
        {
            return true;
        }
        stream.Position = start;
        return false;
    }

    public bool TryGetValue(ArraySegment<byte> utf8, out TValue value)
    {
        var found = TryGetNode(utf8, out var node) && node.HasValue;
        value = found ? node.Value : default;
        return found;
    }

    public bool TryGetValue(string elementName, out TValue value)
    {
        ArgumentNullException.ThrowIfNull(elementName);
        return TryGetValue(new ArraySegment<byte>(Encoding.UTF8.GetBytes(elementName)), out value);
    }
}
