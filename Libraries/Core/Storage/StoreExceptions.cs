namespace ImageLibrary.Core;

/// <summary>The store refused or failed; the message says what the user can do.</summary>
public class StoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="inner">What the database said.</param>
    public StoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>A root lies inside or above the root of another library.</summary>
public sealed class RootConflictException : StoreException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="existing">The library that has the overlapping root.</param>
    public RootConflictException(Library existing)
        : base($"The folder overlaps with the library '{existing?.Name}' at {existing?.RootPath}.") =>
        Existing = existing ?? throw new ArgumentNullException(nameof(existing));

    /// <summary>The library that has the overlapping root.</summary>
    public Library Existing { get; }
}

/// <summary>A cursor that no list of this kind has handed out.</summary>
public sealed class InvalidCursorException() : StoreException("The cursor is not valid for this list.");

/// <summary>A stored record does not fit: the message names the field and what is wrong with it. Trying again does not help.</summary>
/// <param name="message">The field and what is wrong with it.</param>
public sealed class UnfitRecordException(string message) : StoreException(message);
