using System.Collections;

namespace MongoDB.Bson;

/// <content>Everything that changes a document.</content>
public partial class BsonDocument
{
    /// <exception cref="InvalidOperationException">The name is there already, and duplicates are not allowed.</exception>
    public virtual BsonDocument Add(BsonElement element)
    {
        EnsureWritable();
        Append(element);
        return this;
    }

    public virtual BsonDocument Add(string name, BsonValue value) => Add(new BsonElement(name, value));

    /// <summary>Adds the element if the condition holds.</summary>
    public virtual BsonDocument Add(string name, BsonValue value, bool condition)
    {
        ArgumentNullException.ThrowIfNull(name);
        return condition ? Add(new BsonElement(name, value)) : this;
    }

    /// <summary>Makes and adds the element if the condition holds.</summary>
    public virtual BsonDocument Add(string name, Func<BsonValue> valueFactory, bool condition)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(valueFactory);
        return condition ? Add(new BsonElement(name, valueFactory())) : this;
    }

    public virtual BsonDocument AddRange(Dictionary<string, object> dictionary) => AddRange((IEnumerable<KeyValuePair<string, object>>)dictionary);

    public virtual BsonDocument AddRange(IDictionary dictionary)
    {
        EnsureWritable();
        AppendAll(dictionary);
        return this;
    }

    public virtual BsonDocument AddRange(IEnumerable<BsonElement> elements)
    {
        EnsureWritable();
        AppendAll(elements);
        return this;
    }

    public virtual BsonDocument AddRange(IEnumerable<KeyValuePair<string, object>> dictionary)
    {
        EnsureWritable();
        AppendAll(dictionary);
        return this;
    }

    public virtual void Clear()
    {
        Writable.Clear();
        _positions = null;
    }

    public virtual void InsertAt(int index, BsonElement element)
    {
        EnsureWritable();
        RequireNew(element.Name);
        _elements.Insert(index, element);
        _positions = null;
    }

    /// <summary>Takes over the elements of another document whose names are not here yet.</summary>
    public virtual BsonDocument Merge(BsonDocument document) => Merge(document, overwriteExistingElements: false);

    public virtual BsonDocument Merge(BsonDocument document, bool overwriteExistingElements)
    {
        ArgumentNullException.ThrowIfNull(document);
        foreach (var element in document)
        {
            if (overwriteExistingElements || !Contains(element.Name))
            {
                this[element.Name] = element.Value;
            }
        }
        return this;
    }

    /// <summary>Removes every element of this name; there may be none.</summary>
    public virtual void Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Writable.RemoveAll(element => element.Name == name) > 0)
        {
            _positions = null;
        }
    }

    public virtual void RemoveAt(int index)
    {
        Writable.RemoveAt(index);
        _positions = null;
    }

    public virtual void RemoveElement(BsonElement element)
    {
        if (Writable.Remove(element))
        {
            _positions = null;
        }
    }

    public virtual BsonDocument Set(int index, BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Writable[index] = new BsonElement(_elements[index].Name, value);
        return this;
    }

    /// <summary>Replaces the value of this name, or adds an element.</summary>
    public virtual BsonDocument Set(string name, BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return SetElement(new BsonElement(name, value));
    }

    public virtual BsonDocument SetElement(int index, BsonElement element)
    {
        Writable[index] = element;
        _positions = null;
        return this;
    }

    public virtual BsonDocument SetElement(BsonElement element)
    {
        var index = IndexOfName(element.Name);
        if (index < 0)
        {
            return Add(element);
        }
        Writable[index] = element;
        return this;
    }

    /// <summary>Called before every read; subclasses that keep encoded bytes decode them here.</summary>
    private protected virtual void EnsureReadable() { }

    /// <summary>Called before every change.</summary>
    private protected virtual void EnsureWritable() { }

    private protected void AddDecoded(BsonElement element) => Append(element);

    private List<BsonElement> Readable
    {
        get
        {
            EnsureReadable();
            return _elements;
        }
    }

    private List<BsonElement> Writable
    {
        get
        {
            EnsureWritable();
            return _elements;
        }
    }

    private void Append(BsonElement element)
    {
        if (element.Name == null)
        {
            throw new ArgumentException("The element has no name.", nameof(element));
        }
        RequireNew(element.Name);
        _elements.Add(element);
        _positions?.TryAdd(element.Name, _elements.Count - 1);
    }

    private void AppendAll(IEnumerable<BsonElement> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        foreach (var element in elements)
        {
            Append(element);
        }
    }

    private void AppendAll(IEnumerable<KeyValuePair<string, object>> dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        foreach (var (name, value) in dictionary)
        {
            Append(new BsonElement(name, BsonValue.Create(value)));
        }
    }

    private void AppendAll(IDictionary dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        foreach (DictionaryEntry entry in dictionary)
        {
            var name = entry.Key as string ??
                throw new ArgumentException($"A key of the dictionary is a {entry.Key.GetType().Name}, not a string.", nameof(dictionary));
            Append(new BsonElement(name, BsonValue.Create(entry.Value)));
        }
    }

    private void RequireNew(string name)
    {
        if (!AllowDuplicateNames && Find(name) >= 0)
        {
            throw new InvalidOperationException($"The document has an element '{name}' already.");
        }
    }

    private int Find(string name)
    {
        if (_positions == null && _elements.Count < IndexThreshold)
        {
            for (var index = 0; index < _elements.Count; index++)
            {
                if (_elements[index].Name == name)
                {
                    return index;
                }
            }
            return -1;
        }
        if (_positions == null)
        {
            _positions = new Dictionary<string, int>(_elements.Count, StringComparer.Ordinal);
            for (var index = 0; index < _elements.Count; index++)
            {
                _positions.TryAdd(_elements[index].Name, index);
            }
        }
        return _positions.TryGetValue(name, out var position) ? position : -1;
    }
}
