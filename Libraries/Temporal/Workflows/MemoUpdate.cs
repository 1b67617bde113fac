namespace Temporalio.Workflows;

/// <summary>One change for <see cref="Workflow.UpsertMemo"/>.</summary>
public class MemoUpdate
{
    private readonly object? value;

    private MemoUpdate(string key, object? value, bool hasValue)
    {
        UntypedKey = key;
        this.value = value;
        HasValue = hasValue;
    }

    /// <summary>Whether the key gets a value; otherwise it is removed.</summary>
    public bool HasValue { get; }

    /// <summary>The key.</summary>
    public string UntypedKey { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The update removes the key.</exception>
    public object UntypedValue => HasValue ? value! : throw new InvalidOperationException("The memo update has no value");

    /// <summary>Sets a key.</summary>
    public static MemoUpdate ValueSet(string key, object value) =>
        new(key, value ?? throw new ArgumentNullException(nameof(value), "Use ValueUnset to remove a key"), true);

    /// <summary>Removes a key.</summary>
    public static MemoUpdate ValueUnset(string key) => new(key, null, false);
}
