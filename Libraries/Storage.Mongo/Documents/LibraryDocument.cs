using ImageLibrary.Core;
using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// A library as an element of the one document that holds them all: roots must not overlap, and only a change of one document is
/// atomic on every server.
/// </summary>
internal static class LibraryDocument
{
    public static BsonDocument Write(Library library, long number)
    {
        var document = new BsonDocument
        {
            { "id", library.Id },
            { "number", number },
            { "name", library.Name },
            { "rootPath", library.RootPath },
            { "settings", StoreJson.ToBson(library.Settings) },
            { "state", library.State.ToString() },
            { "createdAt", library.CreatedAt.UtcTicks },
        };
        if (library.RootIdentity is { } root)
        {
            document.Add("root", new BsonDocument { { "device", root.Device }, { "inode", root.Inode }, { "fileSystem", root.FileSystemType } });
        }
        return document;
    }

    /// <summary>Reads a library without counts and last scan.</summary>
    /// <exception cref="UnfitRecordException">A field is missing or of the wrong type.</exception>
    public static Library Read(BsonDocument document)
    {
        var fields = new Fields(document, "libraries");
        return new Library
        {
            Id = fields.Text("id"),
            Name = fields.Text("name"),
            RootPath = fields.Text("rootPath"),
            Settings = fields.Json("settings", StoreJson.Settings),
            RootIdentity = fields.Child("root") is { } root
                ? new RootIdentity(root.Long("device"), root.Long("inode"), root.Long("fileSystem"))
                : null,
            State = fields.Enum<LibraryState>("state"),
            CreatedAt = fields.Time("createdAt"),
        };
    }
}
