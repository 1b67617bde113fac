using ImageLibrary.Activities;
using ImageLibrary.Imaging;
using ImageLibrary.Worker.Isolation;
using Temporalio.Client;

namespace ImageLibrary.Worker;

/// <summary>Settings of the worker.</summary>
public sealed record WorkerOptions
{
    /// <summary>How to reach the engine.</summary>
    public required TemporalClientConnectOptions Client { get; init; }

    /// <summary>Data folder; never scanned.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Folder for the note of pictures in flight; the data folder when null. No two processes may share it.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Pictures rendered at once (<c>--workers</c>, <c>IMAGELIBRARY_WORKERS</c>).</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Estimated decode memory in flight in bytes (<c>--memory-budget</c>, <c>IMAGELIBRARY_MEMORY_BUDGET</c>).</summary>
    public long MemoryBudget { get; init; } = RenderSettings.DefaultMemoryBudget;

    /// <summary>Bytes that a helper process may take (<c>--helper-memory</c>, <c>IMAGELIBRARY_HELPER_MEMORY</c>).</summary>
    public long HelperMemory { get; init; } = 3L << 29;

    /// <summary>Formats that helpers read by the system's libvips (<c>--extra-formats</c>, <c>IMAGELIBRARY_EXTRA_FORMATS</c>).</summary>
    public ExtraFormats ExtraFormats { get; init; }

    /// <summary>What a picture may need in a helper process; the host's renderer has limits of its own.</summary>
    public RenderLimits PictureLimits { get; init; } = new HelperOptions().Limits;

    /// <summary>Larger files are rendered in a helper process, in bytes (<c>--isolate-file-size</c>, <c>IMAGELIBRARY_ISOLATE_FILE_SIZE</c>).</summary>
    public long IsolatedFileBytes { get; init; } = new RenderSettings().IsolatedFileBytes;

    /// <summary>Longest time for one picture (<c>--picture-timeout</c>, <c>IMAGELIBRARY_PICTURE_TIMEOUT</c>).</summary>
    public TimeSpan PictureDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for reading one picture; a disk that takes longer counts as gone.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a job that waits looks whether it can go on.</summary>
    public TimeSpan WaitInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Refuses settings that make no sense.</summary>
    /// <exception cref="ArgumentException">The message names the setting.</exception>
    public void Validate()
    {
        PictureLimits.Validate();
        if (Workers is < 1 or > 1024)
        {
            throw new ArgumentException($"--workers (IMAGELIBRARY_WORKERS) must be 1 to 1024, not {Workers}.");
        }
        if (HelperMemory < 256 << 20)
        {
            throw new ArgumentException($"--helper-memory (IMAGELIBRARY_HELPER_MEMORY) must be at least 256MiB, not {HelperMemory} bytes.");
        }
        if (MemoryBudget < 1 << 20)
        {
            throw new ArgumentException($"--memory-budget (IMAGELIBRARY_MEMORY_BUDGET) must be at least 1MiB, not {MemoryBudget} bytes.");
        }
    }
}
