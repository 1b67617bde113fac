namespace ImageLibrary.Activities;

/// <summary>Whether the server knows the search attributes; set once when the worker starts.</summary>
public sealed class SearchAttributeAvailability
{
    /// <summary>They are there.</summary>
    public bool Available { get; set; }
}
