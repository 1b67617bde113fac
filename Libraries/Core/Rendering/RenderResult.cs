using System.Buffers;

namespace ImageLibrary.Core;

/// <summary>What a header tells before decoding.</summary>
/// <param name="Facts">Facts of the source.</param>
/// <param name="PeakBytes">Estimated peak memory of rendering, the source buffer not included.</param>
public sealed record SourceEstimate(SourceFacts Facts, long PeakBytes);

/// <summary>The derivatives of one image.</summary>
/// <param name="Facts">Facts of the source.</param>
/// <param name="Derivatives">In the order of the request.</param>
/// <param name="Thumbhash">Placeholder, at most 25 bytes.</param>
/// <param name="Damaged">The source is damaged, but most of it is shown.</param>
public sealed record RenderResult(
    SourceFacts Facts, IReadOnlyList<RenderedDerivative> Derivatives, byte[] Thumbhash, bool Damaged) : IDisposable
{
    /// <summary>Returns the buffers.</summary>
    public void Dispose()
    {
        foreach (var derivative in Derivatives)
        {
            derivative.Dispose();
        }
    }
}

/// <summary>One encoded derivative in memory.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Content">The file's bytes.</param>
/// <param name="Facts">Size, format and quality.</param>
public sealed record RenderedDerivative(string Kind, IMemoryOwner<byte> Content, DerivativeFacts Facts) : IDisposable
{
    /// <summary>Whether the source file shows the same: this is a copy of it without its metadata, and it needs no more.</summary>
    public bool MatchesSource { get; init; }

    /// <summary>Returns the buffer.</summary>
    public void Dispose() => Content.Dispose();
}

/// <summary>Facts of an encoded derivative.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Format">Format.</param>
/// <param name="Quality">Encoder quality, 1 to 100; 100 for lossless; null where the file does not tell it.</param>
public sealed record DerivativeFacts(int Width, int Height, string Format, int? Quality);
