using ImageLibrary.Activities;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Stands in for the helper process in this one, to measure what it costs not to.</summary>
internal sealed class NoHelper(IImageRenderer renderer) : IIsolatedRenderer
{
    public SourceEstimate Estimate(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs) => renderer.Estimate(source, specs);

    public RenderResult Render(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, Func<SourceEstimate, IDisposable> admit)
    {
        try
        {
            using var admitted = admit(Estimate(source, specs));
            return renderer.Render(source, specs, CancellationToken.None);
        }
        catch (Exception e) when (PictureFault.IsSurprise(e))
        {
            throw PictureFault.Of(e);
        }
    }
}
