using ImageLibrary.Core;

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>The real renderer behind a gate, which counts what it renders, so that a test can stop a scan at a known place.</summary>
internal sealed class GatedRenderer(IImageRenderer inner) : IImageRenderer, IDisposable
{
    private readonly SemaphoreSlim permits = new(0);
    private volatile bool open = true;
    private int rendered;
    private int held;
    private int estimated;

    /// <summary>Pictures rendered so far.</summary>
    public int Rendered => Volatile.Read(ref rendered);

    /// <summary>Headers looked at so far.</summary>
    public int Estimated => Volatile.Read(ref estimated);

    /// <summary>Pictures that stand before the gate.</summary>
    public int Held => Volatile.Read(ref held);

    /// <summary>Pictures are held from now on, but for this many.</summary>
    public void Close(int permitted)
    {
        open = false;
        if (permitted > 0)
        {
            Permit(permitted);
        }
    }

    /// <summary>Lets some more pictures through.</summary>
    public void Permit(int pictures) => permits.Release(pictures);

    /// <summary>Lets all pictures through.</summary>
    public void Open()
    {
        open = true;
        permits.Release(10_000);
    }

    public RenderResult Render(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, CancellationToken cancellationToken)
    {
        if (!open)
        {
            Interlocked.Increment(ref held);
            permits.Wait(CancellationToken.None);
            Interlocked.Decrement(ref held);
        }
        Interlocked.Increment(ref rendered);
        return inner.Render(source, specs, CancellationToken.None);
    }

    public void Dispose() => permits.Dispose();

    public string RecipeFingerprint(DerivativeSpec spec) => inner.RecipeFingerprint(spec);

    public bool IsRisky(ReadOnlySpan<byte> source) => inner.IsRisky(source);

    public SourceEstimate Estimate(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs)
    {
        Interlocked.Increment(ref estimated);
        return inner.Estimate(source, specs);
    }

    public DerivativeFacts? Inspect(ReadOnlySpan<byte> file) => inner.Inspect(file);

    public byte[] Thumbhash(ReadOnlySpan<byte> file) => inner.Thumbhash(file);
}
