using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Expressions of the server's aggregation language, as updates use them.</summary>
internal static class Expressions
{
    /// <summary>Names what an update refused in the server's error message.</summary>
    public const string RefusalMark = "refused:";

    /// <summary>A value that is not looked at: texts that begin with '$' would be taken for fields.</summary>
    public static BsonDocument Literal(BsonValue value) => new("$literal", value);

    public static BsonDocument Set(BsonDocument fields) => new("$set", fields);

    public static BsonDocument Call(string operation, params ReadOnlySpan<BsonValue> arguments)
    {
        var array = new BsonArray(arguments.Length);
        foreach (var argument in arguments)
        {
            array.Add(argument);
        }
        return new BsonDocument(operation, array);
    }

    public static BsonDocument If(BsonValue condition, BsonValue then, BsonValue otherwise) => Call("$cond", condition, then, otherwise);

    public static BsonDocument Missing(string field) => Call("$eq", new BsonDocument("$type", field), "missing");

    public static BsonDocument Not(BsonValue condition) => Call("$not", condition);

    public static BsonDocument OrEmpty(string arrayField) => Call("$ifNull", arrayField, new BsonArray());

    /// <summary>The elements, called <c>$$this</c>, that fulfil a condition.</summary>
    public static BsonDocument Filter(BsonValue input, BsonValue condition, int? limit = null)
    {
        var filter = new BsonDocument { { "input", input }, { "cond", condition } };
        if (limit is { } most)
        {
            filter.Add("limit", most);
        }
        return new BsonDocument("$filter", filter);
    }

    /// <summary>A value made of each element, which is called <c>$$this</c>.</summary>
    public static BsonDocument Map(BsonValue input, BsonValue value) =>
        new("$map", new BsonDocument { { "input", input }, { "in", value } });

    public static BsonDocument Let(string name, BsonValue value, BsonValue expression) =>
        new("$let", new BsonDocument { { "vars", new BsonDocument(name, value) }, { "in", expression } });

    /// <summary>
    /// Fails the whole command with a reason. The server has no such operator; a conversion that cannot succeed takes its place,
    /// and the document's id keeps it from being tried before there is a document.
    /// </summary>
    public static BsonDocument Refuse(string reason) =>
        new("$toInt", Call("$concat", $"{RefusalMark}{reason}:", new BsonDocument("$toString", "$_id")));
}
