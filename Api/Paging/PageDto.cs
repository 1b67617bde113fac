using System.ComponentModel;
using ImageLibrary.Api.Problems;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Paging;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items in order.</param>
/// <param name="NextCursor">Opaque position of the next page; null at the end.</param>
public sealed record PageDto<T>(IReadOnlyList<T> Items, [property: Description("Pass as cursor to get the next page; null at the end.")] string? NextCursor);

/// <summary>Reads the paging parameters of a request.</summary>
internal static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 1000;

    public static PageRequest Request(int? limit, string? cursor)
    {
        if (limit is < 1 or > MaxLimit)
        {
            throw ApiProblemException.Invalid("limit", $"'limit' must be 1 to {MaxLimit}.");
        }
        return new PageRequest(limit ?? DefaultLimit, string.IsNullOrEmpty(cursor) ? null : cursor);
    }

    public static PageDto<TDto> Map<T, TDto>(this Page<T> page, Func<T, TDto> map) => new([.. page.Items.Select(map)], page.NextCursor);
}
