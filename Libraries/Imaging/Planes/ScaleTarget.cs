namespace ImageLibrary.Imaging.Planes;

/// <summary>A picture to be made of another one.</summary>
/// <param name="Width">Width as shown.</param>
/// <param name="Height">Height as shown.</param>
/// <param name="Sampling">Chroma sampling as shown.</param>
/// <param name="Orientation">How the stored picture is turned.</param>
/// <param name="FineColours">Whether it will be written so finely that small losses of chroma show.</param>
internal readonly record struct ScaleTarget(
    int Width, int Height, ChromaSampling Sampling, Orientation Orientation, bool FineColours = false);
