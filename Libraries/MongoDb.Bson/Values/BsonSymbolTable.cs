namespace MongoDB.Bson;

/// <summary>
/// Makes symbols. Unlike the official library's table it keeps none of them: names may come from hostile documents, and
/// symbols compare by their names anyway.
/// </summary>
public static class BsonSymbolTable
{
    public static BsonSymbol Lookup(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new BsonSymbol(name);
    }
}
