namespace MongoDB.Bson;

/// <summary>Lets the first thread that looks at something decode it, while others wait.</summary>
internal sealed class FirstLook
{
    private readonly Lock _lock = new();
    private volatile bool _isDone;

    public bool IsDone => _isDone;

    /// <param name="owner">What is looked at.</param>
    /// <param name="decode">Decodes it.</param>
    /// <param name="completed">Called once after that, when it can be looked at.</param>
    public void Take<TOwner>(TOwner owner, Action<TOwner> decode, Action<TOwner> completed = null)
    {
        if (_isDone)
        {
            return;
        }
        lock (_lock)
        {
            if (!_isDone)
            {
                decode(owner);
                _isDone = true;
                completed?.Invoke(owner);
            }
        }
    }
}
