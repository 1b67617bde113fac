using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Planes;
using ImageLibrary.Imaging.Vips;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>A source after its one decode.</summary>
internal sealed class DecodedSource : IDisposable
{
    private readonly PlanarPicture? _planes;
    private readonly List<(ScaleTarget Target, PlanarPicture Picture)> _scaled;

    /// <summary>Takes ownership of all of it.</summary>
    /// <param name="planes">Its planes, on white where it is transparent.</param>
    /// <param name="orientation">How the planes are turned.</param>
    /// <param name="samples">Upright samples with their alpha, where libvips decoded; else null.</param>
    /// <param name="damaged">The source is damaged, but enough remains.</param>
    internal DecodedSource(PlanarPicture planes, Orientation orientation, VipsImage? samples, bool damaged)
    {
        _planes = planes;
        _scaled = [];
        Orientation = orientation;
        Samples = samples;
        Damaged = damaged;
    }

    /// <summary>Takes ownership of the pictures that were made while an undamaged source was decoded.</summary>
    internal DecodedSource(IEnumerable<(ScaleTarget Target, PlanarPicture Picture)> scaled, Orientation orientation)
    {
        _scaled = [.. scaled];
        Orientation = orientation;
    }

    internal Orientation Orientation { get; }

    internal VipsImage? Samples { get; }

    internal bool Damaged { get; }

    /// <summary>An upright picture of the source; the caller's.</summary>
    internal PlanarPicture Scale(ScaleTarget target, NativeBufferPool pool)
    {
        if (_planes is not null)
        {
            return PlanarScaler.Scale(_planes, target with { Orientation = Orientation }, pool);
        }

        var index = _scaled.FindIndex(made => made.Target == target);
        if (index < 0)
        {
            throw new InvalidOperationException($"{target} was not wanted when the source was decoded.");
        }

        var picture = _scaled[index].Picture;
        _scaled.RemoveAt(index);
        return picture;
    }

    /// <summary>Gives planes back of which nothing more will be made.</summary>
    internal void ReleasePlanes() => _planes?.Dispose();

    public void Dispose()
    {
        _planes?.Dispose();
        _scaled.ForEach(made => made.Picture.Dispose());
        Samples?.Dispose();
    }
}
