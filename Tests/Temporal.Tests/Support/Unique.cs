namespace Temporalio.Tests.Support;

/// <summary>Names that no other test uses.</summary>
internal static class Unique
{
    public static string Name(string prefix) => $"{prefix}-{Guid.NewGuid():N}";
}
