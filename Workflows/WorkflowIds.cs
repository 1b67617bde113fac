namespace ImageLibrary.Workflows;

/// <summary>Workflow ids; each is a lock on what it names.</summary>
public static class WorkflowIds
{
    /// <summary>Id of the scan of a library.</summary>
    public static string LibraryScan(string libraryId) => $"library-scan/{libraryId}";

    /// <summary>Id of everything that changes a collection.</summary>
    public static string Collection(string collectionId) => $"collection/{collectionId}";

    /// <summary>Id of rendering one image on demand.</summary>
    public static string Render(string imageId) => $"render/{imageId}";

    /// <summary>Id of the removal of a library.</summary>
    public static string LibraryRemoval(string libraryId) => $"library-removal/{libraryId}";
}
