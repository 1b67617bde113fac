namespace ImageLibrary.Core;

/// <summary>Asks for one page of a list.</summary>
/// <param name="Limit">Most items wanted, 1 to 1,000.</param>
/// <param name="Cursor">The former page's <see cref="Page{T}.NextCursor"/>; null for the first page.</param>
public sealed record PageRequest(int Limit = 50, string? Cursor = null);

/// <summary>One page of a list.</summary>
/// <param name="Items">The items in order.</param>
/// <param name="NextCursor">Opaque position of the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
