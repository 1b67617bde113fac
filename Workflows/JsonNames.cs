namespace ImageLibrary.Workflows;

/// <summary>Names of enum values as they stand in the REST API and in payloads.</summary>
public static class JsonNames
{
    /// <summary>The value's name in camel case.</summary>
    /// <param name="value">An enum value.</param>
    public static string Of(Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
