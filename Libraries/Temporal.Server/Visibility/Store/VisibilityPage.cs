using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Visibility.Query;

namespace ImageLibrary.Temporal.Server.Visibility.Store;

/// <summary>A page of a list.</summary>
/// <param name="Rows">Rows in the order asked for.</param>
/// <param name="NextPageToken">Where the next page begins; null on the last page.</param>
internal sealed record VisibilityPage(IReadOnlyList<VisibilityRecord> Rows, byte[]? NextPageToken);

/// <summary>One group of a count; without GROUP BY there is one, with no values.</summary>
/// <param name="Values">A value for each field of GROUP BY; null where the group's rows have none.</param>
/// <param name="Count">Number of rows.</param>
internal sealed record VisibilityGroup(IReadOnlyList<object?> Values, long Count);

/// <summary>A count.</summary>
/// <param name="Fields">The fields that it is grouped by.</param>
/// <param name="Groups">The groups.</param>
internal sealed record VisibilityCount(IReadOnlyList<VisibilityField> Fields, IReadOnlyList<VisibilityGroup> Groups);
