using System.Collections;

namespace MongoDB.Bson;

/// <summary>An array of values.</summary>
public class BsonArray : BsonValue, IComparable<BsonArray>, IEquatable<BsonArray>, IList<BsonValue>
{
    private readonly List<BsonValue> _values;

    public BsonArray() => _values = [];

    public BsonArray(int capacity) => _values = new List<BsonValue>(capacity);

    public BsonArray(IEnumerable<bool> values) : this() => AddAll(values);

    public BsonArray(IEnumerable<BsonValue> values) : this() => AddAll(values);

    public BsonArray(IEnumerable<DateTime> values) : this() => AddAll(values);

    public BsonArray(IEnumerable<double> values) : this() => AddAll(values);

    public BsonArray(IEnumerable<int> values) : this() => AddAll(values);

    public BsonArray(IEnumerable<long> values) : this() => AddAll(values);

    public BsonArray(IEnumerable<ObjectId> values) : this() => AddAll(values);

    public BsonArray(IEnumerable<string> values) : this() => AddAll(values);

    /// <summary>Values of any types that <see cref="BsonValue.Create"/> accepts.</summary>
    public BsonArray(IEnumerable values) : this()
    {
        ArgumentNullException.ThrowIfNull(values);
        AddAll(values.Cast<object>().Select(BsonValue.Create));
    }

    public override BsonType BsonType => BsonType.Array;

    public virtual int Capacity
    {
        get => Readable.Capacity;
        set => Writable.Capacity = value;
    }

    public virtual int Count => Readable.Count;

    public virtual bool IsReadOnly => false;

    public virtual IEnumerable<BsonValue> Values => Readable;

    public override BsonValue this[int index]
    {
        get => Readable[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Writable[index] = value;
        }
    }

    public static bool operator ==(BsonArray lhs, BsonArray rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonArray lhs, BsonArray rhs) => !(lhs == rhs);

    /// <summary>An array of the items of a sequence.</summary>
    public static new BsonArray Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonArray)BsonTypeMapper.MapToBsonValue(value, BsonType.Array);
    }

    public virtual BsonArray Add(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Writable.Add(value);
        return this;
    }

    public virtual BsonArray AddRange(IEnumerable<bool> values)
    {
        EnsureWritable();
        return AddAll(values);
    }

    public virtual BsonArray AddRange(IEnumerable<BsonValue> values)
    {
        EnsureWritable();
        return AddAll(values);
    }

    public virtual BsonArray AddRange(IEnumerable<DateTime> values)
    {
        EnsureWritable();
        return AddAll(values);
    }

    public virtual BsonArray AddRange(IEnumerable<double> values)
    {
        EnsureWritable();
        return AddAll(values);
    }

    public virtual BsonArray AddRange(IEnumerable<int> values)
    {
        EnsureWritable();
        return AddAll(values);
    }

    public virtual BsonArray AddRange(IEnumerable<long> values)
    {
        EnsureWritable();
        return AddAll(values);
    }

    public virtual BsonArray AddRange(IEnumerable<ObjectId> values)
    {
        EnsureWritable();
        return AddAll(values);
    }

    public virtual BsonArray AddRange(IEnumerable<string> values)
    {
        EnsureWritable();
        return AddAll(values);
    }

    public virtual BsonArray AddRange(IEnumerable values)
    {
        EnsureWritable();
        return values == null ? this : AddAll(values.Cast<object>().Select(BsonValue.Create));
    }

    public override BsonValue Clone() => new BsonArray(Readable.Select(value => value.Clone()));

    public virtual void Clear() => Writable.Clear();

    /// <summary>Item by item; the shorter of two arrays that agree comes first.</summary>
    public virtual int CompareTo(BsonArray rhs)
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

    public override int CompareTo(BsonValue other) => other is BsonArray array ? CompareTo(array) : CompareTypeTo(other);

    public virtual bool Contains(BsonValue value) => Readable.Contains(value);

    public virtual void CopyTo(BsonValue[] array, int arrayIndex) => Readable.CopyTo(array, arrayIndex);

    public override BsonValue DeepClone() => new BsonArray(Readable.Select(value => value.DeepClone()));

    public bool Equals(BsonArray obj) => Equals((object)obj);

    public override bool Equals(object obj) =>
        ReferenceEquals(this, obj) || (obj is BsonArray other && Count == other.Count && Values.SequenceEqual(other.Values));

    public virtual IEnumerator<BsonValue> GetEnumerator() => Readable.GetEnumerator();

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in Values)
        {
            hash.Add(value);
        }
        return hash.ToHashCode();
    }

    public virtual int IndexOf(BsonValue value) => Readable.IndexOf(value);

    public virtual int IndexOf(BsonValue value, int index) => Readable.IndexOf(value, index);

    public virtual int IndexOf(BsonValue value, int index, int count) => Readable.IndexOf(value, index, count);

    public virtual void Insert(int index, BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Writable.Insert(index, value);
    }

    public virtual bool Remove(BsonValue value) => Writable.Remove(value);

    public virtual void RemoveAt(int index) => Writable.RemoveAt(index);

    public virtual BsonValue[] ToArray() => [.. Readable];

    public virtual List<BsonValue> ToList() => [.. Readable];

    public override string ToString() => $"[{string.Join(", ", Values)}]";

    /// <summary>Called before every read; subclasses that keep encoded bytes decode them here.</summary>
    private protected virtual void EnsureReadable() { }

    /// <summary>Called before every change.</summary>
    private protected virtual void EnsureWritable() { }

    private protected void AddDecoded(BsonValue value) => _values.Add(value);

    private List<BsonValue> Readable
    {
        get
        {
            EnsureReadable();
            return _values;
        }
    }

    private List<BsonValue> Writable
    {
        get
        {
            EnsureWritable();
            return _values;
        }
    }

    void ICollection<BsonValue>.Add(BsonValue value) => Add(value);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private BsonArray AddAll<T>(IEnumerable<T> values, Func<T, BsonValue> convert)
    {
        if (values != null)
        {
            _values.AddRange(values.Select(convert));
        }
        return this;
    }

    private BsonArray AddAll(IEnumerable<BsonValue> values) => AddAll(values, value => value ?? BsonNull.Value);

    private BsonArray AddAll(IEnumerable<bool> values) => AddAll(values, value => value);

    private BsonArray AddAll(IEnumerable<DateTime> values) => AddAll(values, value => value);

    private BsonArray AddAll(IEnumerable<double> values) => AddAll(values, value => value);

    private BsonArray AddAll(IEnumerable<int> values) => AddAll(values, value => value);

    private BsonArray AddAll(IEnumerable<long> values) => AddAll(values, value => value);

    private BsonArray AddAll(IEnumerable<ObjectId> values) => AddAll(values, value => value);

    private BsonArray AddAll(IEnumerable<string> values) => AddAll(values, value => value == null ? BsonNull.Value : (BsonValue)value);
}
