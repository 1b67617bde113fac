using MongoDB.Bson;
using MongoDB.Bson.Serialization.Attributes;

namespace ImageLibrary.Bench.Bson;

/// <summary>A document like those of images in the store.</summary>
internal sealed record ImageDocument(
    [property: BsonId] ObjectId Id,
    string CollectionId,
    string Name,
    string Path,
    long Size,
    int Width,
    int Height,
    DateTime ModifiedAt,
    DateTime ImportedAt,
    [property: BsonRepresentation(BsonType.String)] ImageKind Kind,
    [property: BsonIgnoreIfNull] string? Placeholder,
    [property: BsonIgnoreIfNull] string? Error,
    double? Rating,
    bool IsHidden,
    IReadOnlyList<DerivativeDocument> Derivatives)
{
    public static ImageDocument Example { get; } = new(
        ObjectId.Parse("65f1c0de8badf00d12345678"), "3f2a9c71d5", "IMG_20240315_181530.jpg", "2024/03/trip to the coast/IMG_20240315_181530.jpg",
        5_843_221, 4032, 3024, new DateTime(2024, 3, 15, 18, 15, 30, DateTimeKind.Utc), new DateTime(2024, 4, 1, 9, 0, 0, DateTimeKind.Utc),
        ImageKind.Photo, "L6PZfSi_.AyE_3t7t7R**0o#DgR4", null, 4.5, false,
        [
            new DerivativeDocument("thumbnail", "ready", 320, 240, 14_233, "a1b2c3d4e5f60718", 2),
            new DerivativeDocument("cache", "ready", 1920, 1440, 402_118, "1827364554637281", 2),
        ]);
}

/// <summary>The state of a derivative.</summary>
internal sealed record DerivativeDocument(string Profile, string State, int Width, int Height, long Size, string Hash, int Attempts);

/// <summary>Kinds of images.</summary>
internal enum ImageKind
{
    Photo,
    Page,
    Animation,
}
