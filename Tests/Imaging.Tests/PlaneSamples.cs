using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Tests.Imaging;

/// <summary>The part of planes that the picture covers; what lies beyond is undefined.</summary>
internal static class PlaneSamples
{
    internal static List<byte[]> Of(PlanarPicture picture) =>
    [
        .. picture.Planes.SelectMany((plane, i) => Enumerable
            .Range(0, (int)Math.Ceiling(picture.Height / picture.Sampling.StepY(i)))
            .Select(y => plane.RowSpan(y)[..(int)Math.Ceiling(picture.Width / picture.Sampling.StepX(i))].ToArray())),
    ];
}
