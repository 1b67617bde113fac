using ImageLibrary.Storage.Mongo;
using MongoDB.Driver;
using MongoDB.Driver.Core.Servers;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo.Connection;

/// <summary>URLs that the connection-string specification allows.</summary>
public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("mongodb://localhost", "localhost:27017")]
    [InlineData("MONGODB://localhost/", "localhost:27017")]
    [InlineData("mongodb://127.0.0.1:27018/", "127.0.0.1:27018")]
    [InlineData("mongodb://[::1]", "[::1]:27017")]
    [InlineData("mongodb://[2001:db8::7]:65535/?w=1", "[2001:db8::7]:65535")]
    [InlineData("mongodb://[fe80::1%25eth0]:1", "[fe80::1%eth0]:1")]
    [InlineData("mongodb://a,b:27018,[::1]:27019", "a:27017 b:27018 [::1]:27019")]
    [InlineData("mongodb://a,a:27017", "a:27017")]
    [InlineData("mongodb://a?w=1", "a:27017")]
    [InlineData("mongodb://a,b?w=1", "a:27017 b:27017")]
    [InlineData("mongodb://under_score.example-1.org", "under_score.example-1.org:27017")]
    public void Parse_Hosts_AreReadInOrder(string url, string expected) =>
        Assert.Equal(expected, string.Join(' ', MongoConnection.Parse(url).Settings.Servers));

    [Theory]
    [InlineData("mongodb://u:p@h", "admin", "u", "p")]
    [InlineData("mongodb://u:p@h/", "admin", "u", "p")]
    [InlineData("mongodb://u:p@h/pictures", "pictures", "u", "p")]
    [InlineData("mongodb://u:p@h/pictures?authSource=users", "users", "u", "p")]
    [InlineData("mongodb://u:@h", "admin", "u", "")]
    [InlineData("mongodb://a%40b:p%3A%2F%3F%23%5B%5D%25@h", "admin", "a@b", "p:/?#[]%")]
    [InlineData("mongodb://%C3%A4:%e6%bc%a2+ @h", "admin", "ä", "漢+ ")]
    [InlineData("mongodb://u$er:p!*'@h", "admin", "u$er", "p!*'")]
    public void Parse_Credentials_AreDecoded(string url, string source, string user, string password)
    {
        var credential = MongoConnection.Parse(url).Settings.Credential;
        Assert.Null(credential.Mechanism);
        Assert.Equal((source, user), (credential.Source, credential.Username));
        Assert.Equal(new PasswordEvidence(password), credential.Evidence);
    }

    [Theory]
    [InlineData("mongodb://u:p@h/d?authMechanism=SCRAM-SHA-1", "SCRAM-SHA-1", "d")]
    [InlineData("mongodb://u:p@h/d?authMechanism=SCRAM-SHA-256&authSource=admin", "SCRAM-SHA-256", "admin")]
    [InlineData("mongodb://u:p@h/?authMechanism=PLAIN", "PLAIN", "$external")]
    [InlineData("mongodb://u:p@h/?authMechanism=PLAIN&authSource=ldap", "PLAIN", "ldap")]
    public void Parse_Mechanisms_HaveTheirSource(string url, string mechanism, string source)
    {
        var credential = MongoConnection.Parse(url).Settings.Credential;
        Assert.Equal((mechanism, source), (credential.Mechanism, credential.Source));
    }

    [Theory]
    [InlineData("mongodb://h", null)]
    [InlineData("mongodb://h/", null)]
    [InlineData("mongodb://h/?w=1", null)]
    [InlineData("mongodb://h/pictures", "pictures")]
    [InlineData("mongodb://h/pictures?w=1", "pictures")]
    [InlineData("mongodb://h/b%C3%BCcher", "bücher")]
    public void Parse_Database_IsTheOneAfterTheHosts(string url, string? expected) => Assert.Equal(expected, MongoConnection.Parse(url).DatabaseName);

    [Fact]
    public void Parse_AuthSourceWithoutUser_MeansNoCredential() => Assert.Null(MongoConnection.Parse("mongodb://h/?authSource=admin").Settings.Credential);

    [Fact]
    public void Parse_TopologyOptions_AreSet()
    {
        var settings = Settings("replicaSet=rs%200&appName=Image%20Library&heartbeatFrequencyMS=500&localThresholdMS=7&serverSelectionTimeoutMS=1234&serverMonitoringMode=poll");
        Assert.Equal(("rs 0", "Image Library", ServerMonitoringMode.Poll), (settings.ReplicaSetName, settings.ApplicationName, settings.ServerMonitoringMode));
        Assert.Equal((500, 7, 1234), (settings.HeartbeatInterval.TotalMilliseconds, settings.LocalThreshold.TotalMilliseconds, settings.ServerSelectionTimeout.TotalMilliseconds));
        Assert.True(Settings("directConnection=true").DirectConnection);
        Assert.True(Settings("LOADBALANCED=true").LoadBalanced);
    }

    [Fact]
    public void Parse_ConcernOptions_AreSet()
    {
        var settings = Settings("w=majority&journal=true&wTimeoutMS=50&readConcernLevel=majority&retryWrites=false&retryReads=false");
        Assert.Equal(WriteConcern.WMajority.With(journal: true, wTimeout: TimeSpan.FromMilliseconds(50)), settings.WriteConcern);
        Assert.Equal(ReadConcern.Majority, settings.ReadConcern);
        Assert.False(settings.RetryReads || settings.RetryWrites);
        Assert.Equal(WriteConcern.W2, Settings("w=2").WriteConcern);
        Assert.Equal(new WriteConcern("twoPlaces"), Settings("w=twoPlaces").WriteConcern);
        Assert.Equal(WriteConcern.Unacknowledged, Settings("w=0").WriteConcern);
        Assert.True(Settings("").RetryWrites);
    }

    [Fact]
    public void Parse_ReadPreference_HasModeTagsAndStaleness()
    {
        var preference = Settings("readPreference=nearest&readPreferenceTags=dc:ny,rack:1&readPreferenceTags=dc:la&readPreferenceTags=&maxStalenessSeconds=120").ReadPreference;
        Assert.Equal(new ReadPreference(
            ReadPreferenceMode.Nearest,
            [new TagSet([new Tag("dc", "ny"), new Tag("rack", "1")]), new TagSet([new Tag("dc", "la")]), new TagSet()],
            TimeSpan.FromSeconds(120)), preference);
        Assert.Null(Settings("readPreference=secondary&maxStalenessSeconds=-1").ReadPreference.MaxStaleness);
    }

    [Fact]
    public void Parse_PoolOptions_AreSet()
    {
        var settings = Settings("maxPoolSize=50&minPoolSize=5&maxConnecting=3&maxIdleTimeMS=1000&waitQueueTimeoutMS=200&connectTimeoutMS=300&socketTimeoutMS=400");
        Assert.Equal((50, 5, 3), (settings.MaxConnectionPoolSize, settings.MinConnectionPoolSize, settings.MaxConnecting));
        Assert.Equal((1000, 200), (settings.MaxConnectionIdleTime.TotalMilliseconds, settings.WaitQueueTimeout.TotalMilliseconds));
        Assert.Equal((300, 400), (settings.ConnectTimeout.TotalMilliseconds, settings.SocketTimeout.TotalMilliseconds));
        Assert.Equal(int.MaxValue, Settings("maxPoolSize=0").MaxConnectionPoolSize);
    }

    [Fact]
    public void Parse_OptionsWithoutEffect_AreNoted()
    {
        var connection = MongoConnection.Parse("mongodb://h/?compressors=snappy,zlib&zlibCompressionLevel=6");
        Assert.Empty(connection.Settings.Compressors);
        Assert.Single(connection.Notes);
        Assert.Empty(MongoConnection.Parse("mongodb://h").Notes);
        Assert.Empty(MongoConnection.Parse("mongodb://h/?w=majority&journal=true&retryWrites=true").Notes);
        Assert.Contains("majority", Assert.Single(MongoConnection.Parse("mongodb://h/?w=1").Notes), StringComparison.Ordinal);
        Assert.Contains("majority", Assert.Single(MongoConnection.Parse("mongodb://h/?wTimeoutMS=5&journal=false").Notes), StringComparison.Ordinal);
        Assert.Contains("primary", Assert.Single(MongoConnection.Parse("mongodb://h/?readPreference=nearest").Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SameOptionTwiceWithOneMeaning_IsAllowed()
    {
        Assert.True(Settings("tls=true&ssl=true").UseTls);
        Assert.False(Settings("ssl=false").UseTls);
    }

    [Fact]
    public void Display_OfUrlWithSecrets_MasksThem()
    {
        var connection = MongoConnection.Parse("mongodb://us%2Fer:s3cret@a,b:27018/pictures?w=1&authSource=x");
        Assert.Equal("mongodb://us%2Fer:***@a:27017,b:27018/pictures?w=1&authSource=x", connection.Display);
        Assert.Equal(connection.Display, $"{connection}");
    }

    [Fact]
    public void Settings_OfEveryKind_AreTakenByTheClient()
    {
        using var client = new MongoClient(MongoConnection.Parse("mongodb://u:p@[::1]:1,b/?replicaSet=rs&tls=true&maxPoolSize=0&readPreference=nearest").Settings);
        Assert.Equal("rs", client.Settings.ReplicaSetName);
    }

    private static MongoClientSettings Settings(string options) => MongoConnection.Parse($"mongodb://h/?{options}").Settings;
}
