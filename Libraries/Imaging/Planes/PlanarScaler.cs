using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>Resizes and turns planar pictures.</summary>
internal static class PlanarScaler
{
    /// <summary>
    /// Makes an upright picture. Mirroring costs nothing, because it is done by the order of the weights;
    /// the axes are exchanged last, on the small planes.
    /// </summary>
    /// <param name="source">The picture as stored.</param>
    /// <param name="width">Width as shown.</param>
    /// <param name="height">Height as shown.</param>
    /// <param name="sampling">Chroma sampling as shown.</param>
    /// <param name="orientation">How the stored picture is turned.</param>
    /// <param name="pool">Where the memory comes from.</param>
    internal static PlanarPicture Scale(
        PlanarPicture source, int width, int height, ChromaSampling sampling, Orientation orientation, NativeBufferPool pool)
    {
        var turned = orientation.Transpose;
        var storedWidth = turned ? height : width;
        var storedHeight = turned ? width : height;
        var storedSampling = turned ? new ChromaSampling(sampling.Y, sampling.X) : sampling;
        var stored = PlanarPicture.Rent(pool, storedWidth, storedHeight, storedSampling, source.IsGray);
        try
        {
            for (var i = 0; i < stored.Planes.Count; i++)
            {
                ScalePlane(source, stored, i, orientation, pool);
            }

            if (!turned)
            {
                return stored;
            }

            var upright = PlanarPicture.Rent(pool, width, height, sampling, source.IsGray);
            for (var i = 0; i < upright.Planes.Count; i++)
            {
                PlaneTransposer.Transpose(stored.Planes[i], upright.Planes[i]);
            }

            stored.Dispose();
            return upright;
        }
        catch
        {
            stored.Dispose();
            throw;
        }
    }

    private static void ScalePlane(
        PlanarPicture source, PlanarPicture target, int index, Orientation orientation, NativeBufferPool pool)
    {
        var from = source.Planes[index];
        var to = target.Planes[index];
        var range = source.IsVideoRange ? SampleRange.Video(index) : SampleRange.Full;
        var horizontal = ResampleAxis.Create(
            from.Width, source.Width / source.Sampling.StepX(index),
            to.Width, target.Width / target.Sampling.StepX(index), orientation.MirrorX, source.Reduction, range.Gain);
        var vertical = ResampleAxis.Create(
            from.Height, source.Height / source.Sampling.StepY(index),
            to.Height, target.Height / target.Sampling.StepY(index), orientation.MirrorY, source.Reduction);
        PlaneResampler.Resample(from, to, horizontal, vertical, range.Offset, pool);
    }
}
