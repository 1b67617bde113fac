namespace ImageLibrary.Workflows;

/// <summary>Types of failures that no retry helps; they end a job.</summary>
public static class FailureTypes
{
    /// <summary>There is no such library, collection or image.</summary>
    public const string NotFound = "NotFound";

    /// <summary>The input makes no sense.</summary>
    public const string InvalidInput = "InvalidInput";
}
