namespace MongoDB.Bson.IO;

/// <summary>A prefix of names.</summary>
public sealed class BsonTrieNode<TValue>
{
    private BsonTrieNode<TValue>[] _children = [];
    private byte[] _keys = [];
    private TValue _value;

    internal BsonTrieNode() { }

    public bool HasValue => ElementName != null;

    /// <summary>The name that ends here; null where none does.</summary>
    public string ElementName { get; private set; }

    /// <exception cref="InvalidOperationException">No name ends here.</exception>
    public TValue Value => HasValue ? _value : throw new InvalidOperationException("No name ends at this node.");

    /// <summary>The node for one byte more, or null.</summary>
    public BsonTrieNode<TValue> GetChild(byte keyByte)
    {
        var index = _keys.AsSpan().IndexOf(keyByte);
        return index < 0 ? null : _children[index];
    }

    internal BsonTrieNode<TValue> GetOrAddChild(byte key)
    {
        var child = GetChild(key);
        if (child == null)
        {
            child = new BsonTrieNode<TValue>();
            _keys = [.. _keys, key];
            _children = [.. _children, child];
        }
        return child;
    }

    internal void SetValue(string elementName, TValue value)
    {
        if (HasValue)
        {
            throw new ArgumentException($"The name '{elementName}' is in the trie already.", nameof(elementName));
        }
        ElementName = elementName;
        _value = value;
    }
}
