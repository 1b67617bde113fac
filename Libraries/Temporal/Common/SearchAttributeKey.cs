using Temporalio.Api.Enums.V1;

namespace Temporalio.Common;

/// <summary>Name and type of a search attribute.</summary>
public class SearchAttributeKey : IComparable<SearchAttributeKey>
{
    /// <summary>Creates the key.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="valueType">The attribute's type.</param>
    internal SearchAttributeKey(string name, IndexedValueType valueType)
    {
        Name = name;
        ValueType = valueType;
    }

    /// <summary>The attribute's name.</summary>
    public string Name { get; }

    /// <summary>The attribute's type.</summary>
    public IndexedValueType ValueType { get; }

    /// <summary>Whether two keys have the same name and type.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    /// <returns>True when they are equal.</returns>
    public static bool operator ==(SearchAttributeKey? left, SearchAttributeKey? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two keys differ in name or type.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    /// <returns>True when they differ.</returns>
    public static bool operator !=(SearchAttributeKey? left, SearchAttributeKey? right) => !(left == right);

    /// <summary>Compares by name, then type.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    /// <returns>True when the first comes before the second.</returns>
    public static bool operator <(SearchAttributeKey? left, SearchAttributeKey? right) => Compare(left, right) < 0;

    /// <summary>Compares by name, then type.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    /// <returns>True when the first does not come after the second.</returns>
    public static bool operator <=(SearchAttributeKey? left, SearchAttributeKey? right) => Compare(left, right) <= 0;

    /// <summary>Compares by name, then type.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    /// <returns>True when the first comes after the second.</returns>
    public static bool operator >(SearchAttributeKey? left, SearchAttributeKey? right) => Compare(left, right) > 0;

    /// <summary>Compares by name, then type.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    /// <returns>True when the first does not come before the second.</returns>
    public static bool operator >=(SearchAttributeKey? left, SearchAttributeKey? right) => Compare(left, right) >= 0;

    /// <summary>Names a text that is searched by its words.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <returns>The key.</returns>
    public static SearchAttributeKey<string> CreateText(string name) => new(name, IndexedValueType.Text);

    /// <summary>Names a string that is compared as a whole.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <returns>The key.</returns>
    public static SearchAttributeKey<string> CreateKeyword(string name) => new(name, IndexedValueType.Keyword);

    /// <summary>Names a whole number.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <returns>The key.</returns>
    public static SearchAttributeKey<long> CreateLong(string name) => new(name, IndexedValueType.Int);

    /// <summary>Names a number.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <returns>The key.</returns>
    public static SearchAttributeKey<double> CreateDouble(string name) => new(name, IndexedValueType.Double);

    /// <summary>Names a truth value.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <returns>The key.</returns>
    public static SearchAttributeKey<bool> CreateBool(string name) => new(name, IndexedValueType.Bool);

    /// <summary>Names a point in time.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <returns>The key.</returns>
    public static SearchAttributeKey<DateTimeOffset> CreateDateTimeOffset(string name) => new(name, IndexedValueType.Datetime);

    /// <summary>Names a set of strings, each compared as a whole.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <returns>The key.</returns>
    public static SearchAttributeKey<IReadOnlyCollection<string>> CreateKeywordList(string name) => new(name, IndexedValueType.KeywordList);

    /// <inheritdoc />
    public int CompareTo(SearchAttributeKey? other) => Compare(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Name, ValueType);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SearchAttributeKey);

    /// <summary>Whether another key has the same name and type.</summary>
    /// <param name="other">The other key.</param>
    /// <returns>True when they are equal.</returns>
    public bool Equals(SearchAttributeKey? other) => other is not null && other.Name == Name && other.ValueType == ValueType;

    /// <summary>Copies a keyword list, so that later changes of the caller's collection do not reach the attribute.</summary>
    internal object Normalize(object value) =>
        ValueType == IndexedValueType.KeywordList && value is IReadOnlyCollection<string> list ? list.ToList() : value;

    private static int Compare(SearchAttributeKey? left, SearchAttributeKey? right)
    {
        if (left is null || right is null)
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }
        var byName = string.CompareOrdinal(left.Name, right.Name);
        return byName != 0 ? byName : left.ValueType.CompareTo(right.ValueType);
    }
}
