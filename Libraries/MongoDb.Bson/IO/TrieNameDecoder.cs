using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Looks names up in a trie; a name that is there costs no new string.</summary>
public class TrieNameDecoder<TValue> : INameDecoder
{
    private readonly BsonTrie<TValue> _trie;
    private TValue _value;

    public TrieNameDecoder(BsonTrie<TValue> trie)
    {
        ArgumentNullException.ThrowIfNull(trie);
        _trie = trie;
    }

    /// <summary>Whether the last name was in the trie.</summary>
    public bool Found { get; private set; }

    /// <summary>The value of the last name.</summary>
    public TValue Value => _value;

    public string Decode(BsonStream stream, UTF8Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = stream.ReadCStringBytes();
        Found = _trie.TryGetNode(bytes, out var node) && node.HasValue;
        _value = Found ? node.Value : default;
        return Found ? node.ElementName : Utf8Helper.Decode(bytes, encoding);
    }

    public void Inform(string name) => Found = _trie.TryGetValue(name, out _value);
}
