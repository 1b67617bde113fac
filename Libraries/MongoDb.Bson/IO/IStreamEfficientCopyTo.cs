namespace MongoDB.Bson.IO;

/// <summary>A stream that writes its memory to another one without a copy in between.</summary>
public interface IStreamEfficientCopyTo
{
    /// <summary>Writes everything from the present position to the end.</summary>
    void EfficientCopyTo(Stream destination);
}
