using System.Collections.Concurrent;

namespace ImageLibrary.Activities;

/// <summary>Former images whose derivatives a batch is taking over: each is given away once.</summary>
public sealed class MoveClaims
{
    private readonly ConcurrentDictionary<string, byte> claimed = new(StringComparer.Ordinal);

    /// <summary>Claims an image; false when another has it.</summary>
    /// <param name="imageId">The former image.</param>
    public bool TryClaim(string imageId) => claimed.TryAdd(imageId, 0);

    /// <summary>Gives claims back, after they are recorded.</summary>
    /// <param name="imageIds">The former images.</param>
    public void Release(IEnumerable<string> imageIds)
    {
        ArgumentNullException.ThrowIfNull(imageIds);
        foreach (var id in imageIds)
        {
            claimed.TryRemove(id, out _);
        }
    }
}
