namespace MongoDB.Bson.Serialization.Options;

/// <summary>What a dictionary is in BSON.</summary>
public enum DictionaryRepresentation
{
    /// <summary>A document with an element for each entry; the keys must be text in BSON.</summary>
    Document = 0,
    /// <summary>An array of arrays of a key and a value.</summary>
    ArrayOfArrays = 1,
    /// <summary>An array of documents with the elements k and v.</summary>
    ArrayOfDocuments = 2,
}
