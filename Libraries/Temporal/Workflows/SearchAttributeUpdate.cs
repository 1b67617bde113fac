using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>One change for <c>Workflow.UpsertTypedSearchAttributes</c>, made by the static methods or by the
/// key's own <c>ValueSet</c> and <c>ValueUnset</c>.</summary>
public abstract class SearchAttributeUpdate
{
    private protected SearchAttributeUpdate(bool hasValue) => HasValue = hasValue;

    /// <summary>Whether the attribute gets a value; otherwise it is removed.</summary>
    public bool HasValue { get; }

    /// <summary>The attribute's key.</summary>
    public abstract SearchAttributeKey UntypedKey { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The update removes the attribute.</exception>
    public abstract object UntypedValue { get; }

    /// <summary>Sets an attribute.</summary>
    public static SearchAttributeUpdate<T> ValueSet<T>(SearchAttributeKey<T> key, T value)
        where T : notnull => new(key, value, true);

    /// <summary>Removes an attribute.</summary>
    public static SearchAttributeUpdate<T> ValueUnset<T>(SearchAttributeKey<T> key)
        where T : notnull => new(key, default, false);
}
