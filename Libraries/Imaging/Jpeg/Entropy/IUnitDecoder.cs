namespace ImageLibrary.Imaging.Jpeg.Entropy;

/// <summary>Decodes the units of a scan, the smallest parts that have blocks of all its components.</summary>
internal interface IUnitDecoder
{
    /// <summary>Forgets what the units before left, at the beginning and behind each restart marker.</summary>
    void Restart();

    /// <summary>Decodes a unit.</summary>
    /// <param name="reader">At its first bit; afterwards behind its last.</param>
    /// <param name="x">Units left of it.</param>
    /// <param name="y">Rows of units above it.</param>
    /// <returns>False when it is not as it should be.</returns>
    bool TryDecodeUnit(ref EntropyReader reader, int x, int y);
}
