namespace ImageLibrary.Tests.MongoDb.Bson;

/// <summary>The short form of a test, or the long one that `./test --all` asks for.</summary>
internal static class TestForm
{
    private static bool IsLong => Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") == "1";

    public static int Count(int quick, int all) => IsLong ? all : quick;
}
