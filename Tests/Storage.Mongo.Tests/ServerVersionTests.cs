using ImageLibrary.Core;
using ImageLibrary.Storage.Mongo;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>Which servers are too old for the store's commands.</summary>
public sealed class ServerVersionTests
{
    [Theory]
    [InlineData("3.6.23")]
    [InlineData("4.4.29-rc0")]
    [InlineData("5.0.14")]
    [InlineData("unknown")]
    public void Server_TooOld_IsRefusedAndItsVersionNamed(string version)
    {
        var refused = Assert.Throws<StoreException>(() => StoreSchema.RefuseOldServer(version));
        Assert.Contains($"version {version};", refused.Message, StringComparison.Ordinal);
        Assert.Contains("at least 6.0", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.0.0")]
    [InlineData("6.0.5-4")]
    [InlineData("7.1.0-rc0")]
    [InlineData("10.0.1")]
    public void Server_NewEnough_IsAccepted(string version) => StoreSchema.RefuseOldServer(version);
}
