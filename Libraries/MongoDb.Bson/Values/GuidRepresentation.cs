namespace MongoDB.Bson;

/// <summary>The byte order of a GUID in binary data.</summary>
public enum GuidRepresentation
{
    /// <summary>Not chosen: reading or writing a GUID fails.</summary>
    Unspecified = 0,
    /// <summary>Subtype 4, in network byte order.</summary>
    Standard,
    /// <summary>Subtype 3, in the order of <see cref="Guid.ToByteArray()"/>.</summary>
    CSharpLegacy,
    /// <summary>Subtype 3, two little-endian 64-bit numbers.</summary>
    JavaLegacy,
    /// <summary>Subtype 3, in network byte order.</summary>
    PythonLegacy,
}
