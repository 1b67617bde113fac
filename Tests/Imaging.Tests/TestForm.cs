namespace ImageLibrary.Tests.Imaging;

/// <summary>Whether tests run in full or in their quick form.</summary>
internal static class TestForm
{
    internal static bool IsLong => Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") == "1";
}
