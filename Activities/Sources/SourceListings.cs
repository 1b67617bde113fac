using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>
/// Keeps the listings of big collections from one page of their plan to the next, so that a folder is read once for all of
/// its pages. It is a shortcut only: what is not here, or not fresh any more, is read again.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class SourceListings(TimeProvider time)
{
    private const int MostImages = 250_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];

    /// <summary>Takes out the listing that a job keeps of a collection; null when there is none.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="collectionId">The collection.</param>
    public SourceListing? Take(string jobId, string collectionId)
    {
        lock (gate)
        {
            entries.RemoveAll(entry => time.GetElapsedTime(entry.Read) > Fresh);
            var index = entries.FindIndex(entry => entry.JobId == jobId && entry.CollectionId == collectionId);
            if (index < 0)
            {
                return null;
            }
            var found = entries[index].Listing;
            entries.RemoveAt(index);
            return found;
        }
    }

    /// <summary>Keeps a listing for the next page; the oldest ones make room, but the newest stays however big it is.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="collectionId">The collection.</param>
    /// <param name="listing">The listing.</param>
    public void Keep(string jobId, string collectionId, SourceListing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        lock (gate)
        {
            entries.Add(new Entry(jobId, collectionId, listing, time.GetTimestamp()));
            var images = entries.Sum(entry => entry.Listing.Images.Count);
            while (images > MostImages && entries.Count > 1)
            {
                images -= entries[0].Listing.Images.Count;
                entries.RemoveAt(0);
            }
        }
    }

    private sealed record Entry(string JobId, string CollectionId, SourceListing Listing, long Read);
}
