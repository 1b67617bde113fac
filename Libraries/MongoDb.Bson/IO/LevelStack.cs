using System.Runtime.CompilerServices;

namespace MongoDB.Bson.IO;

/// <summary>The documents and arrays within each other that a reader or writer is in.</summary>
internal sealed class LevelStack<T>(T outermost) where T : struct
{
    private readonly Stack<T> _enclosing = new();
    private T _current = outermost;

    public ref T Current => ref _current;

    /// <summary>How many levels enclose the present one.</summary>
    public int Depth => _enclosing.Count;

    /// <summary>All levels, the outermost first.</summary>
    public IEnumerable<T> All => _enclosing.Reverse().Append(_current);

    /// <exception cref="FormatException">The levels would not fit onto the stack of a thread that works on them.</exception>
    public void Push(T level)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new FormatException($"The document is nested too deeply, {Depth} levels.");
        }
        _enclosing.Push(_current);
        _current = level;
    }

    /// <summary>Goes back to the level around the present one, and returns the one that has ended.</summary>
    public T Pop()
    {
        var ended = _current;
        _current = _enclosing.Pop();
        return ended;
    }

    /// <summary>Puts levels in place as <see cref="All"/> has given them.</summary>
    public void Restore(ReadOnlySpan<T> levels)
    {
        _enclosing.Clear();
        foreach (var level in levels[..^1])
        {
            _enclosing.Push(level);
        }
        _current = levels[^1];
    }
}
