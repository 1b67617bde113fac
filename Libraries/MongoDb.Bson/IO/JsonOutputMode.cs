namespace MongoDB.Bson.IO;

/// <summary>The dialects of JSON: of the mongo shell, and the two of the Extended JSON specification, version 2.</summary>
public enum JsonOutputMode
{
    Shell,
    CanonicalExtendedJson,
    RelaxedExtendedJson,
}
