using System.Security.Cryptography;
using System.Text;

namespace ImageLibrary.Core;

/// <summary>Ids that depend on nothing but what they name, so that a second scan finds the same ones.</summary>
public static class StableId
{
    private const int Bytes = 16;

    /// <summary>The id of a collection: a hash of the library and the relative path.</summary>
    /// <param name="libraryId">Id of the library.</param>
    /// <param name="path">Path relative to the root, '/' as separator.</param>
    public static string ForCollection(string libraryId, string path) => Hash($"{libraryId}\0{path}");

    /// <summary>The id of an image: a hash of the collection, the full path and the occurrence.</summary>
    /// <param name="collectionId">Id of the collection.</param>
    /// <param name="path">File name or full entry path.</param>
    /// <param name="occurrence">Number of earlier entries with the same path.</param>
    public static string ForImage(string collectionId, string path, int occurrence = 0) =>
        Hash($"{collectionId}\0{path}\0{occurrence}");

    /// <summary>A new random id of the same form.</summary>
    public static string NewId() => Base32.Encode(RandomNumberGenerator.GetBytes(Bytes));

    private static string Hash(string text) => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
}
