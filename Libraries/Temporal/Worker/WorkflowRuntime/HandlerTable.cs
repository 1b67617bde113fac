using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>The handlers of one kind of a running workflow: those of its class, and those that it registers itself.</summary>
/// <param name="instance">The workflow.</param>
/// <param name="defined">Handlers of the class.</param>
/// <param name="dynamicHandler">Its handler for all other names.</param>
/// <param name="nameOf">Reads the name of a handler, null for dynamic ones.</param>
/// <param name="onAdded">Called with the name of a handler that was set, null for the dynamic one.</param>
internal sealed class HandlerTable<T>(
    WorkflowInstance instance,
    IReadOnlyDictionary<string, T> defined,
    T? dynamicHandler,
    Func<T, string?> nameOf,
    Action<string?>? onAdded) : IDictionary<string, T>
    where T : class
{
    private readonly Dictionary<string, T> handlers = new(defined);
    private T? dynamic = dynamicHandler;

    public T? Dynamic
    {
        get => dynamic;
        set
        {
            instance.RequireWritable("modify workflow handlers");
            if (value != null && nameOf(value) != null)
            {
                throw new ArgumentException("The handler is not dynamic", nameof(value));
            }

            dynamic = value;
            if (value != null)
            {
                onAdded?.Invoke(null);
            }
        }
    }

    public int Count => handlers.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => handlers.Keys;

    public ICollection<T> Values => handlers.Values;

    public T this[string key]
    {
        get => handlers[key];
        set
        {
            instance.RequireWritable("modify workflow handlers");
            if (nameOf(value) != key)
            {
                throw new ArgumentException(
                    $"The handler's name {nameOf(value) ?? "(dynamic)"} does not match {key}", nameof(value));
            }

            handlers[key] = value;
            onAdded?.Invoke(key);
        }
    }

    /// <summary>The handler for a name: its own, else the dynamic one, which never gets Temporal's own names.</summary>
    public T? Find(string name) =>
        handlers.TryGetValue(name, out var handler) ? handler
        : name.StartsWith(Workflows.HandlerRules.ReservedNamePrefix, StringComparison.Ordinal) ? null
        : dynamic;

    public void Add(string key, T value)
    {
        if (handlers.ContainsKey(key))
        {
            throw new ArgumentException($"There is a handler named {key} already", nameof(key));
        }

        this[key] = value;
    }

    public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    public void Clear()
    {
        instance.RequireWritable("modify workflow handlers");
        handlers.Clear();
    }

    public bool Contains(KeyValuePair<string, T> item) => handlers.Contains(item);

    public bool ContainsKey(string key) => handlers.ContainsKey(key);

    public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, T>>)handlers).CopyTo(array, arrayIndex);

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => handlers.GetEnumerator();

    public bool Remove(string key)
    {
        instance.RequireWritable("modify workflow handlers");
        return handlers.Remove(key);
    }

    public bool Remove(KeyValuePair<string, T> item) => Contains(item) && Remove(item.Key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => handlers.TryGetValue(key, out value);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
