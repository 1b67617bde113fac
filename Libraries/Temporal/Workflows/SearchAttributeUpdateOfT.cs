using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>A typed change of one search attribute.</summary>
/// <typeparam name="T">Type of the attribute's values.</typeparam>
public class SearchAttributeUpdate<T> : SearchAttributeUpdate
    where T : notnull
{
    private readonly T? value;

    internal SearchAttributeUpdate(SearchAttributeKey<T> key, T? value, bool hasValue)
        : base(hasValue)
    {
        Key = key;
        this.value = value;
    }

    /// <summary>The attribute's key.</summary>
    public SearchAttributeKey<T> Key { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The update removes the attribute.</exception>
    public T Value => HasValue ? value! : throw new InvalidOperationException("The search attribute update has no value");

    /// <inheritdoc/>
    public override SearchAttributeKey UntypedKey => Key;

    /// <inheritdoc/>
    public override object UntypedValue => Value;
}
