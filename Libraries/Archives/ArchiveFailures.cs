using System.Globalization;
using ImageLibrary.Core;

namespace ImageLibrary.Archives;

/// <summary>What goes wrong with archives and their entries, in sentences that name the setting where there is one.</summary>
internal static class ArchiveFailures
{
    internal static ImageFailure TooManyEntries(ulong count, ArchiveLimits limits) => new(FailureClass.TooManyEntries, string.Create(
        CultureInfo.InvariantCulture,
        $"The archive has at least {count:N0} entries; the setting {LimitNames.Describe(LimitNames.ArchiveEntries)} allows {limits.MaxEntries:N0}."));

    internal static ImageFailure TotalTooLarge(ArchiveLimits limits) => new(FailureClass.TooLarge, string.Create(
        CultureInfo.InvariantCulture,
        $"The archive's content is larger than {limits.MaxTotalBytes:N0} bytes; the setting is {LimitNames.Describe(LimitNames.ArchiveSize)}."));

    /// <summary>The content of an entry cannot be unpacked.</summary>
    internal static SourceException Damaged(Exception? inner = null) =>
        new(new ImageFailure(FailureClass.Corrupt, "The entry's data is damaged."), inner);

    /// <summary>The content of an entry was unpacked whole, but is not what was packed.</summary>
    internal static SourceException WrongChecksum(Exception? inner = null) => new(
        new ImageFailure(FailureClass.DamagedSource, "The entry's checksum is wrong: its data is damaged."), inner);

    /// <summary>All of the archive was unpacked, but something in it is not what was packed.</summary>
    internal static ImageFailure WrongChecksumOfAll() => new(
        FailureClass.DamagedSource, "The archive's checksum is wrong: something in it is damaged. What could be read is shown.");

    /// <summary>The limit that an entry of this size breaks, or null.</summary>
    /// <param name="length">Uncompressed bytes.</param>
    /// <param name="compressedLength">Compressed bytes that it was made of.</param>
    /// <param name="limits">The limits.</param>
    internal static ImageFailure? Excess(long length, long compressedLength, ArchiveLimits limits)
    {
        if (length > limits.MaxEntryBytes)
        {
            return new ImageFailure(FailureClass.TooLarge, string.Create(
                CultureInfo.InvariantCulture,
                $"The entry is larger than {limits.MaxEntryBytes:N0} bytes; the setting is {LimitNames.Describe(LimitNames.EntrySize)}."));
        }

        if (length > limits.RatioFreeBytes && length / Math.Max(1, compressedLength) > limits.MaxRatio)
        {
            return new ImageFailure(FailureClass.TooLarge, string.Create(
                CultureInfo.InvariantCulture,
                $"The entry grows more than {limits.MaxRatio:N0} times when unpacked; the setting is {LimitNames.Describe(LimitNames.ArchiveRatio)}."));
        }

        return null;
    }
}
