namespace ImageLibrary.Core;

/// <summary>Makes derivatives. Calls are synchronous and independent of each other; each thread may render at once.</summary>
public interface IImageRenderer
{
    /// <summary>Fingerprint of everything that determines a derivative's bytes: spec and renderer version.</summary>
    /// <param name="spec">The derivative.</param>
    string RecipeFingerprint(DerivativeSpec spec);

    /// <summary>
    /// Whether a source is of a format whose decoder should not run in the same process as everything else, or says that opening it
    /// takes much memory. The first megabyte is enough.
    /// </summary>
    /// <param name="source">The whole file.</param>
    bool IsRisky(ReadOnlySpan<byte> source);

    /// <summary>Reads the header only.</summary>
    /// <param name="source">The whole file.</param>
    /// <param name="specs">The derivatives that will be asked for.</param>
    /// <returns>Facts and the estimated peak memory of rendering.</returns>
    /// <exception cref="SourceException">The source is empty, unsupported, corrupt or beyond a limit.</exception>
    SourceEstimate Estimate(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs);

    /// <summary>Makes all derivatives from one decode.</summary>
    /// <param name="source">The whole file; must stay unchanged during the call.</param>
    /// <param name="specs">The derivatives, at least one.</param>
    /// <param name="cancellationToken">Ends the call soon with <see cref="OperationCanceledException"/>, where the codec allows it.</param>
    /// <returns>The derivatives in the order of <paramref name="specs"/>; the caller disposes it.</returns>
    /// <exception cref="SourceException">The source cannot be shown.</exception>
    RenderResult Render(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, CancellationToken cancellationToken);

    /// <summary>Checks a derivative's file that a former run wrote: header, end marker; no full decode.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>Its facts, or null when the file is not a complete picture.</returns>
    DerivativeFacts? Inspect(ReadOnlySpan<byte> file);

    /// <summary>Computes the thumbhash of a small picture, such as a thumbnail.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="SourceException">The file cannot be decoded.</exception>
    byte[] Thumbhash(ReadOnlySpan<byte> file);
}
