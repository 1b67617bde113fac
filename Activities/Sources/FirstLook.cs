using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>
/// What only has the name of a picture is known by its first bytes. Reading the rest of a large file, and sending it to a helper process,
/// takes long.
/// </summary>
public static class FirstLook
{
    /// <summary>Bytes of a large file that tell whether it is a picture.</summary>
    public const int Bytes = 1 << 20;

    /// <summary>Refuses what is no picture.</summary>
    /// <param name="renderer">Knows pictures.</param>
    /// <param name="first">The first bytes of the file, <see cref="Bytes"/> of them.</param>
    /// <exception cref="SourceException">No decoder takes it.</exception>
    public static void RefuseOtherContent(IImageRenderer renderer, ReadOnlySpan<byte> first)
    {
        ArgumentNullException.ThrowIfNull(renderer);
        if (renderer.IsRisky(first))
        {
            return;
        }
        try
        {
            _ = renderer.Estimate(first, DerivativeSpec.Defaults);
        }
        catch (SourceException exception) when (exception.Failure.Class != FailureClass.Unsupported)
        {
            // The first bytes alone may well look cut off.
        }
    }
}
