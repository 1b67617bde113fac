namespace ImageLibrary.Imaging.Planes;

/// <summary>Takes the rows of a picture while a decoder makes them.</summary>
internal interface IRowReceiver
{
    /// <summary>Tells what comes.</summary>
    /// <param name="shape">The picture.</param>
    /// <param name="rows">Rows of luma that come at a time.</param>
    /// <returns>Where the rows go, belonging to the receiver: as many as come at a time have room behind those that were told.</returns>
    PlanarPicture Begin(PlanarShape shape, int rows);

    /// <summary>Tells that rows have been filled, without the padding at their ends.</summary>
    /// <param name="rows">Rows of luma from the uppermost, at most those that the plane has; of other planes in proportion.</param>
    void Advance(int rows);
}
