using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>Renders a picture where nothing that it does can harm this process. Calls block and are independent of each other.</summary>
public interface IIsolatedRenderer
{
    /// <summary>Reads the header only.</summary>
    /// <param name="source">The whole file.</param>
    /// <param name="specs">The derivatives that will be asked for.</param>
    /// <exception cref="SourceException">The source is unsupported, corrupt, beyond a limit, or took too long.</exception>
    /// <exception cref="PictureCrashException">The other process died.</exception>
    SourceEstimate Estimate(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs);

    /// <summary>Makes all derivatives from one decode.</summary>
    /// <param name="source">The whole file.</param>
    /// <param name="specs">The derivatives, at least one.</param>
    /// <param name="admit">Waits for the memory that the estimate asks for; its answer is disposed at the end.</param>
    /// <returns>The derivatives in the order of <paramref name="specs"/>; the caller disposes it.</returns>
    /// <exception cref="SourceException">The source cannot be shown, needs too much memory, or took too long.</exception>
    /// <exception cref="PictureCrashException">The other process died.</exception>
    RenderResult Render(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, Func<SourceEstimate, IDisposable> admit);
}
