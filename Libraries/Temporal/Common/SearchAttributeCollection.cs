using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Common;

/// <summary>Search attributes with their values.</summary>
public class SearchAttributeCollection : IReadOnlyCollection<SearchAttributeKey>
{
    /// <summary>The empty collection.</summary>
    public static readonly SearchAttributeCollection Empty = new([]);

    // Changed only by Apply, on the instance that a running workflow owns.
    private readonly SortedDictionary<SearchAttributeKey, object> values;

    private SearchAttributeCollection(SortedDictionary<SearchAttributeKey, object> values) => this.values = values;

    /// <summary>How many attributes there are.</summary>
    public int Count => values.Count;

    /// <summary>All values by their keys.</summary>
    public IReadOnlyDictionary<SearchAttributeKey, object> UntypedValues => values;

    /// <summary>Reads the wire form.</summary>
    /// <param name="searchAttributes">The wire form.</param>
    /// <returns>The collection; attributes that are not set are left out.</returns>
    public static SearchAttributeCollection FromProto(SearchAttributes searchAttributes)
    {
        var values = new SortedDictionary<SearchAttributeKey, object>();
        foreach (var (name, payload) in searchAttributes.IndexedFields)
        {
            if (SearchAttributePayload.Read(payload) is { } attribute)
            {
                values[new(name, attribute.Type)] = attribute.Value;
            }
        }
        return new(values);
    }

    /// <summary>Reads a value.</summary>
    /// <typeparam name="T">Type of the attribute.</typeparam>
    /// <param name="key">The attribute.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">The attribute is not there or has another type.</exception>
    public T Get<T>(SearchAttributeKey<T> key)
        where T : notnull =>
        values.TryGetValue(key, out var value)
            ? (T)value
            : throw new KeyNotFoundException($"{key.Name} not found or was present with different type");

    /// <summary>Reads a value if it is there.</summary>
    /// <typeparam name="T">Type of the attribute.</typeparam>
    /// <param name="key">The attribute.</param>
    /// <param name="value">The value.</param>
    /// <returns>True when the attribute is there with this type.</returns>
    public bool TryGetValue<T>(SearchAttributeKey<T> key, [MaybeNullWhen(false)] out T value)
        where T : notnull
    {
        if (values.TryGetValue(key, out var untyped) && untyped is T typed)
        {
            value = typed;
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>Whether an attribute is there.</summary>
    /// <typeparam name="T">Type of the attribute.</typeparam>
    /// <param name="key">The attribute.</param>
    /// <returns>True when it is.</returns>
    public bool ContainsKey<T>(SearchAttributeKey<T> key)
        where T : notnull => values.ContainsKey(key);

    /// <summary>Whether an attribute of this name is there, whatever its type.</summary>
    /// <param name="key">The attribute's name.</param>
    /// <returns>True when it is.</returns>
    public bool ContainsKey(string key) => Find(values, key) != null;

    /// <inheritdoc />
    public IEnumerator<SearchAttributeKey> GetEnumerator() => values.Keys.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes the wire form.</summary>
    /// <returns>The wire form.</returns>
    public SearchAttributes ToProto()
    {
        var proto = new SearchAttributes();
        foreach (var (key, value) in values)
        {
            proto.IndexedFields.Add(key.Name, ToAttributePayload(key, value));
        }
        return proto;
    }

    /// <summary>Writes one attribute; null is its removal.</summary>
    internal static Payload ToAttributePayload(SearchAttributeKey key, object? value) => SearchAttributePayload.Write(key.ValueType, value);

    /// <summary>Copies the collection for an owner that applies updates to it.</summary>
    internal SearchAttributeCollection Copy() => new(new(values));

    /// <summary>Applies a workflow's upsert to this instance.</summary>
    /// <exception cref="ArgumentException">Two updates name the same attribute; nothing was changed.</exception>
    internal void Apply(IReadOnlyCollection<SearchAttributeUpdate> updates)
    {
        var names = new HashSet<string>(updates.Count);
        foreach (var update in updates)
        {
            if (!names.Add(update.UntypedKey.Name))
            {
                throw new ArgumentException($"Multiple updates seen for key {update.UntypedKey.Name}", nameof(updates));
            }
        }
        foreach (var update in updates)
        {
            Replace(values, update.UntypedKey, update.HasValue ? update.UntypedValue : null);
        }
    }

    private static SearchAttributeKey? Find(SortedDictionary<SearchAttributeKey, object> values, string name) =>
        values.Keys.FirstOrDefault(key => key.Name == name);

    // By name, because the attribute may be there with another type.
    private static void Replace(SortedDictionary<SearchAttributeKey, object> values, SearchAttributeKey key, object? value)
    {
        if (Find(values, key.Name) is { } existing)
        {
            values.Remove(existing);
        }
        if (value != null)
        {
            values[key] = key.Normalize(value);
        }
    }

    /// <summary>Builds a collection.</summary>
    public class Builder
    {
        private readonly SortedDictionary<SearchAttributeKey, object> values = [];

        /// <summary>Starts with no attribute.</summary>
        public Builder()
        {
        }

        /// <summary>Starts with the attributes of a collection.</summary>
        /// <param name="searchAttributes">The collection.</param>
        public Builder(SearchAttributeCollection searchAttributes) => Set(searchAttributes);

        /// <summary>Sets a value.</summary>
        /// <typeparam name="T">Type of the attribute.</typeparam>
        /// <param name="key">The attribute.</param>
        /// <param name="value">Its value, replacing one of the same name.</param>
        /// <returns>This builder.</returns>
        public Builder Set<T>(SearchAttributeKey<T> key, T value)
            where T : notnull
        {
            ArgumentNullException.ThrowIfNull(value);
            Replace(values, key, value);
            return this;
        }

        /// <summary>Sets all values of a collection.</summary>
        /// <param name="searchAttributes">The collection.</param>
        /// <returns>This builder.</returns>
        public Builder Set(SearchAttributeCollection searchAttributes)
        {
            foreach (var (key, value) in searchAttributes.values)
            {
                Replace(values, key, value);
            }
            return this;
        }

        /// <summary>Removes an attribute.</summary>
        /// <param name="key">The attribute.</param>
        /// <returns>This builder.</returns>
        public Builder Unset(SearchAttributeKey key) => Unset(key.Name);

        /// <summary>Removes an attribute.</summary>
        /// <param name="name">The attribute's name.</param>
        /// <returns>This builder.</returns>
        public Builder Unset(string name)
        {
            if (Find(values, name) is { } existing)
            {
                values.Remove(existing);
            }
            return this;
        }

        /// <summary>Gives the collection; later changes of the builder do not reach it.</summary>
        /// <returns>The collection.</returns>
        public SearchAttributeCollection ToSearchAttributeCollection() => new(new(values));
    }
}
