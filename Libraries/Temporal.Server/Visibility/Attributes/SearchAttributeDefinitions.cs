using System.Collections.Immutable;
using System.Globalization;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Visibility.Attributes;

/// <summary>The search attributes of one namespace: the system's and its own. Immutable.</summary>
internal sealed class SearchAttributeDefinitions
{
    /// <summary>A namespace without attributes of its own.</summary>
    public static readonly SearchAttributeDefinitions None =
        new(ImmutableSortedDictionary.Create<string, IndexedValueType>(StringComparer.Ordinal));

    private SearchAttributeDefinitions(ImmutableSortedDictionary<string, IndexedValueType> custom)
    {
        Custom = custom;
    }

    /// <summary>The namespace's own attributes, by name.</summary>
    public ImmutableSortedDictionary<string, IndexedValueType> Custom { get; }

    /// <summary>The type of any attribute that a query may name; a namespace's own wins over a reserved name.</summary>
    public bool TryGetType(string name, out IndexedValueType type) =>
        SystemSearchAttributes.TryGetType(name, out type) || Custom.TryGetValue(name, out type);

    /// <summary>These definitions and one more; adding an attribute again with the same type changes nothing.</summary>
    /// <exception cref="SearchAttributeException">Reserved or malformed name, other type, or too many.</exception>
    public SearchAttributeDefinitions With(string name, IndexedValueType type)
    {
        if (type is IndexedValueType.Unspecified || !Enum.IsDefined(type))
        {
            throw new SearchAttributeException($"Unable to read search attribute type: {type}");
        }
        if (string.IsNullOrWhiteSpace(name) || name.Length > SearchAttributeLimits.MaxNameLength || name.Contains('`', StringComparison.Ordinal))
        {
            throw new SearchAttributeException($"Search attribute name '{name}' is not valid.");
        }
        if (SystemSearchAttributes.TryGetType(name, out _) || name.StartsWith("Temporal", StringComparison.Ordinal))
        {
            throw new SearchAttributeException($"Search attribute {name} is reserved by system.");
        }
        if (Custom.TryGetValue(name, out var existing))
        {
            return existing == type ? this
                : throw new SearchAttributeException($"Search attribute {name} already exists with type {SearchAttributeCodec.TypeName(existing)}.");
        }
        return Custom.Count < SearchAttributeLimits.MaxCustomAttributes ? new(Custom.Add(name, type))
            : throw new SearchAttributeException(string.Create(
                CultureInfo.InvariantCulture, $"A namespace may have at most {SearchAttributeLimits.MaxCustomAttributes} search attributes."));
    }

    /// <summary>These definitions without one.</summary>
    public SearchAttributeDefinitions Without(string name) => new(Custom.Remove(name));

    /// <summary>Checks the attributes of a start or an upsert: known names, values of the right type, limits.</summary>
    /// <exception cref="SearchAttributeException">They cannot be accepted.</exception>
    public void Validate(string namespaceName, SearchAttributes attributes)
    {
        if (attributes.IndexedFields.Count > SearchAttributeLimits.MaxKeys)
        {
            throw new SearchAttributeException(string.Create(CultureInfo.InvariantCulture,
                $"number of search attributes {attributes.IndexedFields.Count} exceeds limit {SearchAttributeLimits.MaxKeys}"));
        }
        var total = 0;
        foreach (var (name, payload) in attributes.IndexedFields)
        {
            if (SystemSearchAttributes.ExecutionFields.ContainsKey(name))
            {
                throw new SearchAttributeException($"{name} attribute can't be set in SearchAttributes");
            }
            if (!TryGetType(name, out var type))
            {
                throw new SearchAttributeException($"Namespace {namespaceName} has no mapping defined for search attribute {name}");
            }
            if (payload.Data.Length > SearchAttributeLimits.MaxValueBytes)
            {
                throw new SearchAttributeException(string.Create(CultureInfo.InvariantCulture,
                    $"search attribute {name} value size {payload.Data.Length} exceeds size limit {SearchAttributeLimits.MaxValueBytes}"));
            }
            SearchAttributeCodec.Decode(name, type, payload);
            total += name.Length + payload.Data.Length;
        }
        if (total > SearchAttributeLimits.MaxTotalBytes)
        {
            throw new SearchAttributeException(string.Create(CultureInfo.InvariantCulture,
                $"total size of search attributes {total} exceeds size limit {SearchAttributeLimits.MaxTotalBytes}"));
        }
    }

    /// <summary>The attributes with each payload's type in its metadata, as replies and history events carry them.</summary>
    public SearchAttributes WithTypes(SearchAttributes attributes)
    {
        var typed = new SearchAttributes();
        foreach (var (name, payload) in attributes.IndexedFields)
        {
            typed.IndexedFields[name] = TryGetType(name, out var type) ? SearchAttributeCodec.WithType(type, payload) : payload;
        }
        return typed;
    }

    /// <summary>Applies an upsert: given values replace, null and empty ones remove.</summary>
    public SearchAttributes Merge(SearchAttributes current, SearchAttributes upsert)
    {
        var merged = current.Clone();
        foreach (var (name, payload) in upsert.IndexedFields)
        {
            if (TryGetType(name, out var type) && SearchAttributeCodec.Decode(name, type, payload).Count == 0)
            {
                merged.IndexedFields.Remove(name);
            }
            else
            {
                merged.IndexedFields[name] = payload;
            }
        }
        return merged;
    }
}
