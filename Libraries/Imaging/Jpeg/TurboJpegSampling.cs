using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Jpeg;

/// <summary>Chroma sampling by TurboJPEG's numbers. Source: turbojpeg.h, TJSAMP.</summary>
internal static class TurboJpegSampling
{
    /// <summary>The number of pictures without chroma.</summary>
    internal const int Gray = 3;

    /// <summary>Sampling of each number: 4:4:4, 4:2:2, 4:2:0, gray, 4:4:0, 4:1:1.</summary>
    internal static ChromaSampling[] All { get; } = [new(1, 1), new(2, 1), new(2, 2), new(1, 1), new(1, 2), new(4, 1)];

    /// <summary>The number of a picture's sampling.</summary>
    internal static int Number(PlanarPicture picture) =>
        picture.IsGray ? Gray : Array.IndexOf(All, picture.Sampling);
}
