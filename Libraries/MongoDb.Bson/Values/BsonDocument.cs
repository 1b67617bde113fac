using System.Collections;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;

namespace MongoDB.Bson;

/// <summary>An ordered list of named values, found by name or by position.</summary>
public partial class BsonDocument : BsonValue, IComparable<BsonDocument>, IConvertibleToBsonDocument, IEnumerable<BsonElement>, IEquatable<BsonDocument>
{
    // Below this count a scan of the list is faster than a dictionary, and takes no memory.
    private const int IndexThreshold = 8;

    private readonly List<BsonElement> _elements = [];

    // The first position of each name; null while the document is small or after a change that moved positions.
    private Dictionary<string, int> _positions;

    public BsonDocument() { }

    public BsonDocument(bool allowDuplicateNames) => AllowDuplicateNames = allowDuplicateNames;

    public BsonDocument(BsonElement element) => Append(element);

    /// <summary>A shallow copy.</summary>
    public BsonDocument(BsonDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        AllowDuplicateNames = document.AllowDuplicateNames;
        AppendAll(document.Elements);
    }

    public BsonDocument(Dictionary<string, object> dictionary) => AppendAll((IEnumerable<KeyValuePair<string, object>>)dictionary);

    public BsonDocument(IEnumerable<KeyValuePair<string, object>> dictionary) => AppendAll(dictionary);

    public BsonDocument(IDictionary dictionary) => AppendAll(dictionary);

    public BsonDocument(IEnumerable<BsonElement> elements) => AppendAll(elements);

    [Obsolete("Use BsonDocument(IEnumerable<BsonElement>) instead.")]
    public BsonDocument(params BsonElement[] elements) => AppendAll(elements);

    public BsonDocument(string name, BsonValue value) => Append(new BsonElement(name, value));

    /// <summary>Whether several elements may have one name; by name only the first of them is found.</summary>
    public bool AllowDuplicateNames { get; set; }

    public override BsonType BsonType => BsonType.Document;

    public virtual int ElementCount => Readable.Count;

    public virtual IEnumerable<BsonElement> Elements => Readable;

    public virtual IEnumerable<string> Names => Readable.Select(element => element.Name);

    public virtual IEnumerable<BsonValue> Values => Readable.Select(element => element.Value);

    public override BsonValue this[int index]
    {
        get => Readable[index].Value;
        set => Set(index, value);
    }

    /// <exception cref="KeyNotFoundException">No element of this name, when reading.</exception>
    public override BsonValue this[string name]
    {
        get => GetValue(name);
        set => Set(name, value);
    }

    public static bool operator ==(BsonDocument lhs, BsonDocument rhs) => lhs is null ? rhs is null : lhs.OperatorEqualsImplementation(rhs);

    public static bool operator !=(BsonDocument lhs, BsonDocument rhs) => !(lhs == rhs);

    /// <summary>A document of the entries of a dictionary, or of a value that can present itself as one.</summary>
    public static new BsonDocument Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonDocument)BsonTypeMapper.MapToBsonValue(value, BsonType.Document);
    }

    /// <summary>Reads a document in any of the forms of JSON that <see cref="JsonReader"/> knows.</summary>
    /// <exception cref="FormatException">Not a document, or something after its end.</exception>
    public static BsonDocument Parse(string json)
    {
        using var reader = new JsonReader(json);
        var document = BsonSerializer.Deserialize<BsonDocument>(reader);
        return reader.IsAtEndOfFile() ? document : throw new FormatException("There is text after the end of the document.");
    }

    public static bool TryParse(string s, out BsonDocument result)
    {
        try
        {
            result = s == null ? null : Parse(s);
            return result is not null;
        }
        catch (Exception exception) when (exception is FormatException or IOException or BsonException or OverflowException or InvalidOperationException or ArgumentException)
        {
            result = null;
            return false;
        }
    }

    public override BsonValue Clone()
    {
        var clone = new BsonDocument(AllowDuplicateNames);
        clone.AppendAll(Readable.Select(element => element.Clone()));
        return clone;
    }

    public override BsonValue DeepClone()
    {
        var clone = new BsonDocument(AllowDuplicateNames);
        clone.AppendAll(Readable.Select(element => element.DeepClone()));
        return clone;
    }

    /// <summary>Element by element; the shorter of two documents that agree comes first.</summary>
    public virtual int CompareTo(BsonDocument rhs)
    {
        if (rhs is null)
        {
            return 1;
        }
        using var left = GetEnumerator();
        using var right = rhs.GetEnumerator();
        while (true)
        {
            var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
            if (!hasLeft || !hasRight)
            {
                return hasLeft.CompareTo(hasRight);
            }
            var order = left.Current.CompareTo(right.Current);
            if (order != 0)
            {
                return order;
            }
        }
    }

    public override int CompareTo(BsonValue other) => other is BsonDocument document ? CompareTo(document) : CompareTypeTo(other);

    public virtual bool Contains(string name) => IndexOfName(name) >= 0;

    public virtual bool ContainsValue(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Readable.Exists(element => element.Value == value);
    }

    /// <summary>Equal are documents with equal elements in the same order.</summary>
    public bool Equals(BsonDocument obj) => Equals((object)obj);

    public override bool Equals(object obj) =>
        ReferenceEquals(this, obj) || (obj is BsonDocument other && ElementCount == other.ElementCount && Elements.SequenceEqual(other.Elements));

    public virtual BsonElement GetElement(int index) => Readable[index];

    /// <exception cref="KeyNotFoundException">No element of this name.</exception>
    public virtual BsonElement GetElement(string name) => TryGetElement(name, out var element) ? element : throw NotFound(name);

    public virtual IEnumerator<BsonElement> GetEnumerator() => Readable.GetEnumerator();

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var element in Elements)
        {
            hash.Add(element);
        }
        return hash.ToHashCode();
    }

    public virtual BsonValue GetValue(int index) => Readable[index].Value;

    /// <exception cref="KeyNotFoundException">No element of this name.</exception>
    public virtual BsonValue GetValue(string name) => TryGetValue(name, out var value) ? value : throw NotFound(name);

    public virtual BsonValue GetValue(string name, BsonValue defaultValue) => TryGetValue(name, out var value) ? value : defaultValue;

    /// <summary>The position of the first element of this name, or -1.</summary>
    public virtual int IndexOfName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        EnsureReadable();
        return Find(name);
    }

    public virtual bool TryGetElement(string name, out BsonElement value)
    {
        var index = IndexOfName(name);
        value = index < 0 ? default : _elements[index];
        return index >= 0;
    }

    public virtual bool TryGetValue(string name, out BsonValue value)
    {
        var index = IndexOfName(name);
        value = index < 0 ? null : _elements[index].Value;
        return index >= 0;
    }

    /// <summary>A dictionary with .NET values, nested documents and arrays included.</summary>
    public Dictionary<string, object> ToDictionary() => (Dictionary<string, object>)BsonTypeMapper.MapToDotNetValue(
        this, new BsonTypeMapperOptions { MapBsonArrayTo = typeof(object[]), MapBsonDocumentTo = typeof(Dictionary<string, object>) });

    public Hashtable ToHashtable() => (Hashtable)BsonTypeMapper.MapToDotNetValue(
        this, new BsonTypeMapperOptions { MapBsonArrayTo = typeof(ArrayList), MapBsonDocumentTo = typeof(Hashtable) });

    public override string ToString() => this.ToJson();

    BsonDocument IConvertibleToBsonDocument.ToBsonDocument() => this;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static KeyNotFoundException NotFound(string name) => new($"The document has no element '{name}'.");
}
