namespace ImageLibrary.Bench.Mongo;

/// <summary>A small document, as peer.mjs makes it, too.</summary>
internal sealed record Picture(int Id, string Name, string Path, long Size, int Width, int Height, DateTime ModifiedAt, string State)
{
    public static Picture Numbered(int number) => new(
        number, $"IMG_{number:000000}.jpg", $"2024/03/trip to the coast/IMG_{number:000000}.jpg", 5_000_000 + number, 4032, 3024, DateTime.UnixEpoch.AddSeconds(number), "ready");
}
