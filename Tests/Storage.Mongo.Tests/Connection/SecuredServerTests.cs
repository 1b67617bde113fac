using ImageLibrary.Storage.Mongo;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo.Connection;

/// <summary>URLs with credentials and TLS, against a server that wants both.</summary>
public sealed class SecuredServerTests(SecuredServer server) : IClassFixture<SecuredServer>
{
    private static readonly string Password = Uri.EscapeDataString(SecuredServer.Password);

    [Theory]
    [InlineData("root", "")]
    [InlineData("root", "&authMechanism=SCRAM-SHA-1")]
    [InlineData("root", "&authMechanism=SCRAM-SHA-256")]
    [InlineData("old", "")]
    [InlineData("new", "")]
    [InlineData("local", "&authSource=pictures")]
    public async Task RightCredentials_OfEachMechanism_LetIn(string user, string options) =>
        Assert.Equal(1, await WriteAndCountAsync(server.Url($"{user}:{Password}@", options)));

    [Theory]
    [InlineData("root", "wrong", "")]
    [InlineData("nobody", "wrong", "")]
    [InlineData("old", null, "&authMechanism=SCRAM-SHA-256")]
    [InlineData("new", null, "&authMechanism=SCRAM-SHA-1")]
    [InlineData("local", null, "")]
    public async Task WrongCredentials_OfEachKind_AreRefusedWithoutShowingThem(string user, string? password, string options)
    {
        var exception = await Assert.ThrowsAnyAsync<MongoAuthenticationException>(() => WriteAndCountAsync(server.Url($"{user}:{password ?? Password}@", options)));
        Assert.DoesNotContain(password ?? SecuredServer.Password, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoCredentials_Anywhere_AreRefusedByTheCommand()
    {
        var exception = await Assert.ThrowsAnyAsync<MongoCommandException>(() => WriteAndCountAsync(server.Url()));
        Assert.Equal("Unauthorized", exception.CodeName);
    }

    [Fact]
    public async Task CertificateOfAUser_InsteadOfAPassword_LetsIn() =>
        Assert.Equal(1, await WriteAndCountAsync(server.Url(options: $"&authMechanism=MONGODB-X509&tlsCertificateKeyFile={server.UserFile}")));

    [Fact]
    public async Task ServerOfAnotherAuthority_IsNotTrusted()
    {
        var url = Impatient(server.Url($"root:{Password}@")).Replace(server.CaFile, server.OtherCaFile, StringComparison.Ordinal);
        var exception = await Assert.ThrowsAnyAsync<TimeoutException>(() => WriteAndCountAsync(url));
        Assert.Contains("certificate", exception.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ServerByAnotherName_IsTrustedOnlyWhenTheUrlSaysSo()
    {
        var url = server.Url($"root:{Password}@").Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<TimeoutException>(() => WriteAndCountAsync(Impatient(url)));
        Assert.Equal(1, await WriteAndCountAsync($"{url}&tlsAllowInvalidHostnames=true"));
    }

    [Fact]
    public async Task PlainConnection_ToAServerThatWantsTls_Fails()
    {
        _ = server.Url();
        await Assert.ThrowsAnyAsync<TimeoutException>(() => WriteAndCountAsync($"mongodb://{server.Address}/?directConnection=true&serverSelectionTimeoutMS=1000"));
    }

    // For what cannot succeed however long the driver tries.
    private static string Impatient(string url) => url.Replace("serverSelectionTimeoutMS=20000", "serverSelectionTimeoutMS=1500", StringComparison.Ordinal);

    private static async Task<long> WriteAndCountAsync(string url)
    {
        using var client = new MongoClient(MongoConnection.Parse(url).Settings);
        var collection = client.GetDatabase("pictures").GetCollection<BsonDocument>($"c{Guid.NewGuid():n}");
        await collection.InsertOneAsync([], cancellationToken: TestContext.Current.CancellationToken);
        return await collection.CountDocumentsAsync(FilterDefinition<BsonDocument>.Empty, cancellationToken: TestContext.Current.CancellationToken);
    }
}
