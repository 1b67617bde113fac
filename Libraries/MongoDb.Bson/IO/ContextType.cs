namespace MongoDB.Bson.IO;

/// <summary>What encloses the present element.</summary>
public enum ContextType
{
    TopLevel,
    Document,
    Array,
    JavaScriptWithScope,
    ScopeDocument,
}
