namespace MongoDB.Bson;

/// <summary>What to do with the second of two elements of one name.</summary>
public enum DuplicateNameHandling
{
    Overwrite,
    Ignore,
    ThrowException,
}
