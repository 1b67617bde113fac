namespace MongoDB.Bson.IO;

/// <summary>Decides which names a writer accepts.</summary>
public interface IElementNameValidator
{
    /// <summary>The validator for what is nested in an element.</summary>
    IElementNameValidator GetValidatorForChildContent(string elementName);

    bool IsValidElementName(string elementName);
}
