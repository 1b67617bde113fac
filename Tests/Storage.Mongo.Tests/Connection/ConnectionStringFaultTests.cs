using ImageLibrary.Core;
using ImageLibrary.Storage.Mongo;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo.Connection;

/// <summary>URLs that are wrong: each is refused with a sentence that names what to change.</summary>
public sealed class ConnectionStringFaultTests
{
    [Theory]
    [InlineData("", "must begin with mongodb://")]
    [InlineData("localhost:27017", "must begin with mongodb://")]
    [InlineData("http://localhost", "must begin with mongodb://")]
    [InlineData("mongodb:/localhost", "must begin with mongodb://")]
    [InlineData("mongodb://", "names no host")]
    [InlineData("mongodb:///db", "names no host")]
    [InlineData("mongodb://u:p@", "names no host")]
    [InlineData("mongodb://a,,b", "host 2 is empty")]
    [InlineData("mongodb://a,b,", "host 3 is empty")]
    [InlineData("mongodb://a:", "port of host 1")]
    [InlineData("mongodb://a:0", "port of host 1")]
    [InlineData("mongodb://a,b:65536", "port of host 2")]
    [InlineData("mongodb://a:-1", "port of host 1")]
    [InlineData("mongodb://a:+1", "port of host 1")]
    [InlineData("mongodb://a:27017x", "port of host 1")]
    [InlineData("mongodb://::1", "several colons")]
    [InlineData("mongodb://::1:27017", "several colons")]
    [InlineData("mongodb://[::1", "IPv6 address in brackets")]
    [InlineData("mongodb://[127.0.0.1]", "IPv6 address in brackets")]
    [InlineData("mongodb://[::1]x:1", "IPv6 address in brackets")]
    [InlineData("mongodb://a b", "not a host name")]
    [InlineData("mongodb://:27017", "not a host name")]
    [InlineData("mongodb://%2Ftmp%2Fmongodb-27017.sock", "Unix socket")]
    [InlineData("mongodb://@a", "user name before the @ is empty")]
    [InlineData("mongodb://:p@a", "user name before the @ is empty")]
    [InlineData("mongodb://u@a", "has no password")]
    [InlineData("mongodb://u:p@q@a", "percent-encoded")]
    [InlineData("mongodb://u:p:q@a", "percent-encoded")]
    [InlineData("mongodb://u:p/q@a", "percent-encoded")]
    [InlineData("mongodb://u:p?q@a", "percent-encoded")]
    [InlineData("mongodb://u:p#q@a", "percent-encoded")]
    [InlineData("mongodb://u:p[q@a", "percent-encoded")]
    [InlineData("mongodb://u:p%zz@a", "the password has a %")]
    [InlineData("mongodb://u:p%2@a", "the password has a %")]
    [InlineData("mongodb://u%:p@a", "the user name has a %")]
    [InlineData("mongodb://u:%ff@a", "the password is not valid UTF-8")]
    [InlineData("mongodb://a/x.y", "database name")]
    [InlineData("mongodb://a/x%20y", "database name")]
    [InlineData("mongodb://a/x/y", "database name")]
    [InlineData("mongodb://a/%24external", "database name")]
    [InlineData("mongodb://a/0123456789012345678901234567890123456789012345678901234567890123", "database name")]
    [InlineData("mongodb://a/?w", "option 1 is not of the form name=value")]
    [InlineData("mongodb://a/?w=1&=2", "option 2 is not of the form name=value")]
    [InlineData("mongodb://a/?bogus=1", "option bogus is unknown")]
    [InlineData("mongodb://a/?w=1;journal=true", "option 1 has a second =")]
    [InlineData("mongodb://a/?timeoutMS=10", "option timeoutMS is not supported")]
    [InlineData("mongodb://a/?srvServiceName=x", "option srvServiceName is not supported")]
    [InlineData("mongodb://a/?replicaSet=", "option replicaSet is empty")]
    [InlineData("mongodb://a/?authSource=", "option authSource is empty")]
    [InlineData("mongodb://a/?w=1&w=2", "option w is given several times")]
    [InlineData("mongodb://a/?tls=true&ssl=false", "option tls is given several times")]
    [InlineData("mongodb://a/?w=-1", "option w must not be negative")]
    [InlineData("mongodb://a/?w=0&journal=true", "exclude each other")]
    [InlineData("mongodb://a/?retryWrites=yes", "option retryWrites must be true or false")]
    [InlineData("mongodb://a/?maxPoolSize=-1", "option maxPoolSize must be a whole number of at least 0")]
    [InlineData("mongodb://a/?maxPoolSize=1.5", "option maxPoolSize must be")]
    [InlineData("mongodb://a/?minPoolSize=200", "minPoolSize exceeds maxPoolSize")]
    [InlineData("mongodb://a/?maxConnecting=0", "option maxConnecting must be a whole number of at least 1")]
    [InlineData("mongodb://a/?connectTimeoutMS=99999999999", "option connectTimeoutMS must be")]
    [InlineData("mongodb://a/?heartbeatFrequencyMS=499", "option heartbeatFrequencyMS must be")]
    [InlineData("mongodb://a/?readConcernLevel=all", "option readConcernLevel must be one of local,")]
    [InlineData("mongodb://a/?readPreference=first", "option readPreference must be one of primary,")]
    [InlineData("mongodb://a/?readPreferenceTags=dc:ny", "need a readPreference other than primary")]
    [InlineData("mongodb://a/?readPreference=nearest&readPreferenceTags=ny", "option readPreferenceTags must be of the form")]
    [InlineData("mongodb://a/?readPreference=nearest&maxStalenessSeconds=89", "option maxStalenessSeconds must be")]
    [InlineData("mongodb://a/?serverMonitoringMode=push", "option serverMonitoringMode must be one of")]
    [InlineData("mongodb://a/?zlibCompressionLevel=10", "option zlibCompressionLevel must be")]
    [InlineData("mongodb://a,b/?directConnection=true", "directConnection allows one host")]
    [InlineData("mongodb://a,b/?loadBalanced=true", "loadBalanced allows one host")]
    [InlineData("mongodb://a/?loadBalanced=true&replicaSet=rs", "loadBalanced allows one host")]
    [InlineData("mongodb://u:p@a/?authMechanism=GSSAPI", "authMechanism must be one of")]
    [InlineData("mongodb://a/?authMechanism=SCRAM-SHA-256", "SCRAM-SHA-256 needs a user name")]
    [InlineData("mongodb://a/?authMechanism=MONGODB-X509", "needs tls=true and tlsCertificateKeyFile")]
    [InlineData("mongodb://u:p@a/?authMechanism=MONGODB-X509", "takes no password")]
    [InlineData("mongodb://a/?tlsCAFile=ca.pem", "option tlsCAFile needs tls=true")]
    [InlineData("mongodb://a/?tls=false&tlsInsecure=true", "option tlsInsecure needs tls=true")]
    [InlineData("mongodb://a/?tls=true&tlsInsecure=true&tlsAllowInvalidHostnames=true", "tlsInsecure excludes")]
    [InlineData("mongodb://a/?tls=true&tlsCAFile=/nowhere/ca.pem", "tlsCAFile names a file that does not exist")]
    [InlineData("mongodb://a/?tls=true&tlsCertificateKeyFile=/nowhere/me.pem", "tlsCertificateKeyFile names a file that does not exist")]
    [InlineData("mongodb://a/?tls=true&tlsCertificateKeyFilePassword=x", "needs tlsCertificateKeyFile")]
    [InlineData("mongodb://a/?appName=0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789", "appName has more than 128 bytes")]
    public void Parse_OfWrongUrl_NamesTheFault(string url, string expected)
    {
        var exception = Assert.Throws<StoreException>(() => MongoConnection.Parse(url));
        Assert.StartsWith("The MongoDB URL cannot be used: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfSrvUrl_NamesTheBuildThatHasDns()
    {
        Assert.SkipWhen(AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "DnsClient") || File.Exists(Path.Combine(AppContext.BaseDirectory, "DnsClient.dll")),
            "This build has DnsClient: build without OfficialMongo to see what is said where it is missing.");
        var exception = Assert.Throws<StoreException>(() => MongoConnection.Parse("mongodb+srv://user:s3cret@cluster.example.org/db?retryWrites=true"));
        Assert.Contains("-p:OfficialMongo=true", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", exception.ToString(), StringComparison.Ordinal);
    }
}
