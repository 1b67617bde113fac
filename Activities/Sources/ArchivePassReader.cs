using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>
/// Reads the planned pictures of an archive in one pass; everything else in it is skipped. A read that hangs can be given up, and
/// changes nothing any more when it comes back.
/// </summary>
internal sealed class ArchivePassReader : IDisposable
{
    private readonly IArchivePass pass;
    private readonly SourceReader reader;
    private readonly Lock gate = new();
    private readonly Dictionary<(string Path, int Occurrence), ImageRecord> planned;
    private readonly Dictionary<string, PictureOutcome> former;
    private ImageRecord? current;
    private ImageFailure? end;

    /// <summary>Starts the pass.</summary>
    /// <param name="pass">The archive.</param>
    /// <param name="reader">Reads its entries.</param>
    /// <param name="planned">The pictures to read.</param>
    /// <param name="former">What a former attempt came to.</param>
    public ArchivePassReader(IArchivePass pass, SourceReader reader, IReadOnlyList<ImageRecord> planned, IReadOnlyList<PictureOutcome> former)
    {
        this.pass = pass;
        this.reader = reader;
        this.planned = planned.ToDictionary(image => (image.Path, image.Occurrence));
        LargestSize = planned.Count == 0 ? 0 : planned.Max(image => image.SourceSize);
        this.former = former.ToDictionary(outcome => outcome.ImageId, StringComparer.Ordinal);
    }

    /// <summary>Bytes of the largest picture to read.</summary>
    public long LargestSize { get; }

    /// <summary>Planned pictures that were not come across.</summary>
    public IReadOnlyCollection<ImageRecord> Left
    {
        get
        {
            lock (gate)
            {
                return [.. planned.Values];
            }
        }
    }

    /// <summary>Why those of <see cref="Left"/> are not there, once the pass has ended.</summary>
    public ImageFailure WhyLeft => end ?? pass.Damage ?? new ImageFailure(FailureClass.IoError, "The archive does not hold the entry any more.");

    /// <summary>Reads the next picture that a former attempt came to nothing with; the others the batch takes over.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>Null at the end of the archive, or when the batch has stopped.</returns>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    public ReadPicture? Next(BatchRun batch)
    {
        while (!batch.Halt.IsCancellationRequested && NextPlanned(batch.Halt) is var (image, entry))
        {
            if (former.TryGetValue(image.Id, out var outcome) && batch.StillHolds(outcome))
            {
                batch.Adopt(image, outcome);
                continue;
            }
            try
            {
                using var stream = pass.OpenCurrent();
                return new ReadPicture(image, reader.ReadStream(stream, entry.Size, entry.Modified), null);
            }
            catch (SourceException exception)
            {
                return new ReadPicture(image, null, exception.Failure);
            }
            catch (Exception exception) when (PictureFault.IsOfContent(exception))
            {
                return new ReadPicture(image, null, PictureFault.Of(exception).Failure);
            }
        }
        return null;
    }

    /// <summary>Gives up a read that hangs; the picture that it was at is left, as are those behind it.</summary>
    /// <param name="failure">Why.</param>
    public void GiveUp(ImageFailure failure)
    {
        lock (gate)
        {
            end = failure;
            if (current is { } image)
            {
                planned[(image.Path, image.Occurrence)] = image;
            }
        }
    }

    /// <summary>Closes the archive.</summary>
    public void Dispose() => pass.Dispose();

    private (ImageRecord Image, ArchiveEntry Entry)? NextPlanned(CancellationToken halt)
    {
        while (planned.Count > 0 && NextEntry(halt) is { } entry)
        {
            lock (gate)
            {
                if (end is null && planned.Remove((entry.Path, entry.Occurrence), out current))
                {
                    return (current, entry);
                }
            }
        }
        return null;
    }

    private ArchiveEntry? NextEntry(CancellationToken halt)
    {
        lock (gate)
        {
            current = null;
            if (end is not null)
            {
                return null;
            }
        }
        try
        {
            return pass.Next(halt);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (SourceException exception)
        {
            end ??= exception.Failure;
            return null;
        }
        catch (Exception exception) when (PictureFault.IsOfContent(exception))
        {
            end ??= PictureFault.Of(exception).Failure;
            return null;
        }
    }
}
