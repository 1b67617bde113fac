using MongoDB.Bson;
using MongoDB.Bson.Serialization.Attributes;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>Documents of the driver's tests: records, arrays of records, dictionaries, enums, dates, subclasses.</summary>
internal sealed record Tag(string Key, int Weight);

internal enum Colour
{
    Red,
    Green,
}

internal sealed record Person(
    string Name, int Age, List<Tag> Tags, Dictionary<string, int> Attributes, [property: BsonRepresentation(BsonType.String)] Colour Favourite, DateTime Born)
{
    [BsonId, BsonRepresentation(BsonType.ObjectId)]
    public string? Id { get; set; }
}

internal sealed class Order
{
    public ObjectId Id { get; set; }

    public string Buyer { get; set; } = "";

    public decimal Total { get; set; }
}

[BsonDiscriminator(RootClass = true), BsonKnownTypes(typeof(Circle), typeof(Square))]
internal abstract class Shape
{
    public ObjectId Id { get; set; }
}

internal sealed class Circle : Shape
{
    public int Radius { get; set; }
}

internal sealed class Square : Shape
{
    public int Side { get; set; }
}
