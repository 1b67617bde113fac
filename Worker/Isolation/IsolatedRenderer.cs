using ImageLibrary.Activities;
using ImageLibrary.Core;
using ImageLibrary.Imaging;

namespace ImageLibrary.Worker.Isolation;

/// <summary>Renders in helper processes: those of our own codecs, or those of the system's for the formats that need them.</summary>
/// <param name="options">Settings.</param>
/// <param name="time">The clock.</param>
public sealed class IsolatedRenderer(HelperOptions options, TimeProvider time) : IIsolatedRenderer, IDisposable
{
    private readonly HelperPool own = new(options with { ExtraFormats = ExtraFormats.None }, time);
    private readonly HelperPool system = new(options, time);

    /// <inheritdoc/>
    public SourceEstimate Estimate(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs) => Pool(source).Estimate(source, specs);

    /// <inheritdoc/>
    public RenderResult Render(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, Func<SourceEstimate, IDisposable> admit) =>
        Pool(source).Render(source, specs, admit);

    /// <summary>Ends the helpers, also those at work.</summary>
    public void Dispose()
    {
        own.Dispose();
        system.Dispose();
    }

    private HelperPool Pool(ReadOnlySpan<byte> source) =>
        (SystemCodecs.Detect(source) & options.ExtraFormats) != ExtraFormats.None ? system : own;
}
