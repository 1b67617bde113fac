using CsCheck;
using MongoDB.Bson;

namespace ImageLibrary.Tests.MongoDb.Bson;

/// <summary>Documents of every type of BSON.</summary>
internal static class Generators
{
    // Names that JavaScript would sort (numbers) or treat as its own are not of interest here.
    private static readonly Gen<string> Name = Gen.String[Gen.Char["abcxyz_.äß漢"], 1, 8].Select(name => "n" + name);

    private static readonly Gen<string> Text = Gen.OneOf(Gen.String[Gen.Char["ab\"\\/\n\t\u0001 ß漢é"], 0, 30], Gen.Const("😀 \u2028 \0"));

    private static readonly Gen<double> Double = Gen.OneOf(
        Gen.Double.Where(value => !double.IsNaN(value)),
        OneOf(0.0, -0.0, 1.0, double.MaxValue, double.Epsilon, double.PositiveInfinity, double.NegativeInfinity, 0.1, 1e21, 123456789012345680.0));

    private static readonly Gen<Decimal128> Decimal = Gen.OneOf(
        Gen.Select(Gen.Bool, Gen.Int[-6176, 6111], Gen.ULong[0, 0x1ed09bead87bf], Gen.ULong)
            .Select((negative, exponent, high, low) => Decimal128.FromComponents(negative, (short)exponent, high, low)),
        Gen.Decimal.Select(value => new Decimal128(value)),
        OneOf(Decimal128.PositiveInfinity, Decimal128.NegativeInfinity, Decimal128.QNaN, Decimal128.MaxValue, Decimal128.MinValue, Decimal128.Zero));

    private static readonly Gen<BsonValue> Scalar = Gen.OneOf<BsonValue>(
        Double.Select(value => (BsonValue)value),
        Text.Select(value => (BsonValue)value),
        Gen.Select(Gen.Byte.Array[0, 40], OneOf(0, 1, 5, 6, 7, 8, 128, 200)).Select((bytes, subType) => (BsonValue)new BsonBinaryData(bytes, (BsonBinarySubType)subType)),
        Gen.Guid.Select(value => (BsonValue)new BsonBinaryData(value, GuidRepresentation.Standard)),
        Gen.Guid.Select(value => (BsonValue)new BsonBinaryData(value, GuidRepresentation.JavaLegacy)),
        // A vector of numbers of 8 bits: their type, no unused bits, and the numbers.
        Gen.Byte.Array[0, 9].Select(numbers => (BsonValue)new BsonBinaryData([3, 0, .. numbers], BsonBinarySubType.Vector)),
        Gen.Byte.Array[12].Select(bytes => (BsonValue)new ObjectId(bytes)),
        Gen.Bool.Select(value => (BsonValue)value),
        Gen.Long[-62135596800000, 253402300799999].Select(value => (BsonValue)new BsonDateTime(value)),
        Gen.Const((BsonValue)BsonNull.Value),
        Gen.Select(Gen.String[Gen.Char["^a/b.d\"$"], 0, 8], OneOf("", "i", "ims")).Select((pattern, options) => (BsonValue)new BsonRegularExpression(pattern, options)),
        Text.Select(value => (BsonValue)new BsonJavaScript(value)),
        Text.Select(value => (BsonValue)BsonSymbolTable.Lookup(value)),
        Gen.Int.Select(value => (BsonValue)value),
        Gen.Long.Select(value => (BsonValue)new BsonTimestamp(value)),
        Gen.Long.Select(value => (BsonValue)value),
        Decimal.Select(value => (BsonValue)value),
        Gen.Const((BsonValue)BsonMinKey.Value),
        Gen.Const((BsonValue)BsonMaxKey.Value));

#pragma warning disable CS0618 // old documents hold this subtype
    private static readonly Gen<BsonValue> AnyScalar = Gen.Frequency(
        (8, Scalar),
        (1, Gen.OneOf(
            Gen.Const((BsonValue)BsonUndefined.Value),
            Gen.Const((BsonValue)double.NaN),
            Gen.Byte.Array[0, 9].Select(bytes => (BsonValue)new BsonBinaryData(bytes, BsonBinarySubType.OldBinary)))));
#pragma warning restore CS0618

    /// <summary>What Node.js keeps as it is.</summary>
    public static Gen<BsonDocument> Document { get; } = DocumentOfDepth(3, Scalar);

    /// <summary>Also undefined, which Node.js leaves out, NaN, whose sign it changes, and old binary data.</summary>
    public static Gen<BsonDocument> AnyDocument { get; } = DocumentOfDepth(3, AnyScalar);

    public static Gen<BsonValue> Value { get; } = Gen.OneOf(AnyScalar, AnyDocument.Select(document => (BsonValue)document));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<BsonDocument> DocumentOfDepth(int depth, Gen<BsonValue> scalar) => Gen.Select(Name, ValueOfDepth(depth, scalar)).Array[0, depth > 1 ? 6 : 3]
        .Select(elements => new BsonDocument(elements.DistinctBy(element => element.Item1).Select(element => new BsonElement(element.Item1, element.Item2))));

    private static Gen<BsonValue> ValueOfDepth(int depth, Gen<BsonValue> scalar) => depth == 0 ? scalar : Gen.Frequency(
        (6, scalar),
        (1, DocumentOfDepth(depth - 1, scalar).Select(document => (BsonValue)document)),
        (1, ValueOfDepth(depth - 1, scalar).Array[0, 4].Select(values => (BsonValue)new BsonArray(values))),
        (1, Gen.Select(Text, DocumentOfDepth(depth - 1, scalar)).Select((code, scope) => (BsonValue)new BsonJavaScriptWithScope(code, scope))));
}
