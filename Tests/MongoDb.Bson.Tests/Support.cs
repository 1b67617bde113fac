using System.Reflection;

namespace ImageLibrary.Tests.MongoDb.Bson;

/// <summary>Folders that the project file tells.</summary>
internal static class Support
{
    public static string OfficialBson => Value(nameof(OfficialBson));

    public static string NodeFolder => Value(nameof(NodeFolder));

    public static string ApiFolder => Value(nameof(ApiFolder));

    private static string Value(string key) => typeof(Support).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
