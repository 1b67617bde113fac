using Temporalio.Api.Enums.V1;
using Temporalio.Workflows;

namespace Temporalio.Common;

/// <summary>Name and type of a search attribute.</summary>
/// <typeparam name="T">.NET type of its values.</typeparam>
public class SearchAttributeKey<T> : SearchAttributeKey
    where T : notnull
{
    /// <summary>Creates the key.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="valueType">The attribute's type.</param>
    internal SearchAttributeKey(string name, IndexedValueType valueType)
        : base(name, valueType)
    {
    }

    /// <summary>Creates an update that sets a value.</summary>
    /// <param name="value">The new value.</param>
    /// <returns>The update.</returns>
    public SearchAttributeUpdate<T> ValueSet(T value) => SearchAttributeUpdate.ValueSet(this, value);

    /// <summary>Creates an update that removes the attribute.</summary>
    /// <returns>The update.</returns>
    public SearchAttributeUpdate<T> ValueUnset() => SearchAttributeUpdate.ValueUnset(this);
}
