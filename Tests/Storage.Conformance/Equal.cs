using System.Text.Json;
using Xunit;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Compares records by value, lists within them included.</summary>
public static class Equal
{
    public static void Values<T>(T expected, T? actual) =>
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
}
