namespace ImageLibrary.Imaging.Jpeg.Entropy;

/// <summary>Decodes runs of units (MCUs) of a scan, the smallest parts that have blocks of all its components.</summary>
internal interface IRunDecoder
{
    /// <summary>Forgets what the units before left, at the beginning and behind each restart marker.</summary>
    void Restart();

    /// <summary>Decodes neighbours in a row of units.</summary>
    /// <param name="reader">At the first bit; afterwards behind the last.</param>
    /// <param name="x">Units left of the first.</param>
    /// <param name="y">Rows of units above.</param>
    /// <param name="count">How many.</param>
    /// <returns>False when they are not as they should be, or the reader is lost behind one of them.</returns>
    bool TryDecodeUnits(ref EntropyReader reader, int x, int y, int count);

    /// <summary>Tells that a row of units has been decoded.</summary>
    /// <param name="y">Rows of units above it.</param>
    void EndRow(int y)
    {
    }
}
