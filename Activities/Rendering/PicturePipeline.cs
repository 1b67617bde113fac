using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>
/// The way of every picture of a batch: a free buffer, reading, then <see cref="PictureProcessor"/> on a rendering thread.
/// Reading goes ahead of rendering by a few pictures, for all batches of the process together.
/// </summary>
/// <param name="readers">The threads that read.</param>
/// <param name="renderers">The threads that render.</param>
/// <param name="processor">Brings one picture up to date.</param>
/// <param name="memory">Counts the source files in work.</param>
/// <param name="settings">How many pictures are rendered at once, and how long reading one may take.</param>
/// <param name="time">The clock.</param>
public sealed class PicturePipeline(
    ReadPool readers, RenderPool renderers, PictureProcessor processor, MemoryBudget memory, ActivitySettings settings, TimeProvider time)
{
    // Each rendering thread has one picture in hand and one that waits, if their files are not too large together.
    private readonly BufferGate buffers = new(2 * settings.Workers, settings.MemoryBudget / 2);

    /// <summary>Starts pictures of a folder, or of an archive with random access, until all are in work or the batch stops.</summary>
    /// <param name="work">What the pictures share.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="images">The pictures.</param>
    internal async Task FeedAsync(PictureWork work, BatchRun batch, IEnumerable<ImageRecord> images)
    {
        var turn = buffers.NextTurn();
        foreach (var image in images)
        {
            if (!await buffers.TakeAsync(turn, image.SourceSize, batch.Halt))
            {
                return;
            }
            memory.Hold(image.SourceSize);
            var reading = ReadAsync(work, batch, image);
            batch.Start(RenderAsync(work, batch, reading, image.SourceSize));
            if (work.UnreadableFails)
            {
                // One at a time, so that none is blamed for another.
                await reading;
            }
        }
    }

    /// <summary>Starts to read an archive from its beginning to its end.</summary>
    /// <param name="open">Opens it.</param>
    /// <exception cref="SourceException">It cannot be read.</exception>
    /// <exception cref="TimeoutException">The disk does not answer.</exception>
    internal Task<IArchivePass> OpenAsync(Func<IArchivePass> open) => readers.RunLongAsync(open, settings.ReadDeadline, time);

    /// <summary>Starts pictures of a sequential archive, in its order, until enough are in work or the batch stops.</summary>
    /// <param name="work">What the pictures share.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="pass">The archive.</param>
    /// <param name="count">How many.</param>
    /// <returns>False at the end of the archive.</returns>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    internal async Task<bool> FeedAsync(PictureWork work, BatchRun batch, ArchivePassReader pass, int count)
    {
        var turn = buffers.NextTurn();
        while (batch.Started < count && await buffers.TakeAsync(turn, pass.LargestSize, batch.Halt))
        {
            memory.Hold(pass.LargestSize);
            var reading = ReadNextAsync(work, batch, pass);
            batch.Start(RenderAsync(work, batch, reading, pass.LargestSize));
            if (await reading is null)
            {
                return batch.Halt.IsCancellationRequested;
            }
        }
        return true;
    }

    /// <summary>Brings up to date what a person waits for.</summary>
    /// <param name="work">What the pictures share.</param>
    /// <param name="image">The picture.</param>
    /// <param name="stop">Ends the wait for memory.</param>
    /// <exception cref="TimeoutException">The disk does not answer.</exception>
    /// <exception cref="OperationCanceledException">Stopped before it was begun.</exception>
    internal async Task<PictureOutcome> RenderUrgentAsync(PictureWork work, ImageRecord image, CancellationToken stop)
    {
        using var picture = await readers.RunAsync(
            () => ReadPicture.From(work.Reader, image, CancellationToken.None)!, settings.ReadDeadline, time, isUrgent: true);
        return await renderers.RunAsync(() => processor.Process(work, picture, stop), isUrgent: true);
    }

    private async Task<ReadPicture?> ReadAsync(PictureWork work, BatchRun batch, ImageRecord image)
    {
        try
        {
            return await readers.RunAsync(() => Read(work, batch, image), settings.ReadDeadline, time);
        }
        catch (TimeoutException) when (work.UnreadableFails)
        {
            work.Reader.Reopen();
            return new ReadPicture(image, null, ImageFailure.Of(FailureClass.Timeout));
        }
        catch (TimeoutException)
        {
            batch.GoOffline(Silent(work));
            return null;
        }
    }

    private static ReadPicture? Read(PictureWork work, BatchRun batch, ImageRecord image)
    {
        var picture = ReadPicture.From(work.Reader, image, batch.Halt);
        if (!RootGuard.MayBeTheDisk(picture?.Failure))
        {
            return picture;
        }
        if (RootGuard.WhyOffline(work.Library) is { } reason)
        {
            batch.GoOffline(reason);
            return null;
        }
        // The disk is there, or there again: what was read while it was away says nothing of the picture.
        return ReadPicture.From(work.Reader, image, batch.Halt);
    }

    private async Task<ReadPicture?> ReadNextAsync(PictureWork work, BatchRun batch, ArchivePassReader pass)
    {
        try
        {
            return await readers.RunLongAsync(() => pass.Next(batch), settings.ReadDeadline, time);
        }
        catch (TimeoutException)
        {
            pass.GiveUp(ImageFailure.Of(FailureClass.Timeout));
            if (!work.UnreadableFails)
            {
                batch.GoOffline(Silent(work));
            }
            return null;
        }
        catch (IOException) when (work.UnreadableFails)
        {
            pass.GiveUp(ImageFailure.Of(FailureClass.IoError));
            return null;
        }
    }

    /// <summary>What a person is told of a disk that does not answer.</summary>
    /// <param name="work">What is read.</param>
    internal static string Silent(PictureWork work) =>
        $"Reading {work.Reader.Path} takes too long; is its disk or network drive still there?";

    private async Task RenderAsync(PictureWork work, BatchRun batch, Task<ReadPicture?> reading, long size)
    {
        try
        {
            using var picture = await reading;
            if (picture is not null)
            {
                await renderers.RunAsync(() =>
                {
                    batch.Process(picture.Image, () => processor.Process(work, picture, batch.Halt));
                    return true;
                });
            }
        }
        finally
        {
            memory.Hold(-size);
            buffers.Release(size);
        }
    }
}
