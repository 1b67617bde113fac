using CsCheck;
using ImageLibrary.Core;
using ImageLibrary.Storage.Mongo;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo.Connection;

/// <summary>Whatever a URL is built from comes back, and no secret ever shows.</summary>
public sealed class ConnectionStringPropertyTests
{
    private const string Secret = "Geheimnis";

    private static readonly Gen<string> Text = Gen.OneOf(Gen.Char['!', '~'], Gen.OneOf('ä', '漢', ' ', '/', '@', ':', '%'))
        .Array[1, 12].Select(letters => new string(letters));

    private static readonly Gen<(string Host, int Port)> Host = Gen.Select(
        Gen.OneOf(Gen.Char['a', 'z'].Array[1, 8].Select(letters => new string(letters)), Gen.OneOf("10.0.0.7", "[::1]", "[2001:db8::1]", "a-b.example.org")), Gen.Int[1, 65535]);

    [Fact]
    public void Parse_OfBuiltUrl_GivesItsParts() =>
        Gen.Select(Text, Text, Host.Array[1, 4], Gen.Char['a', 'z'].Array[1, 10].Select(letters => new string(letters)), Text, Gen.Int[1, 9]).Sample(
            (user, password, hosts, database, application, w) =>
            {
                var addresses = string.Join(',', hosts.Select(host => $"{host.Host}:{host.Port}"));
                var connection = MongoConnection.Parse(
                    $"mongodb://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@{addresses}/{database}?appName={Uri.EscapeDataString(application)}&w={w}");
                var settings = connection.Settings;
                Assert.Equal((user, new PasswordEvidence(password), database), (settings.Credential.Username, settings.Credential.Evidence, settings.Credential.Source));
                Assert.Equal(hosts.Distinct().Select(host => new MongoServerAddress(host.Host, host.Port)), settings.Servers);
                Assert.Equal((database, application, new WriteConcern(w)), (connection.DatabaseName, settings.ApplicationName, settings.WriteConcern));
                Assert.Equal(connection.Display, MongoConnection.Parse(connection.Display).Display);
            },
            iter: 1_000);

    [Fact]
    public void Parse_OfDamagedUrl_NeverShowsTheSecret()
    {
        var url = $"mongodb://user:{Secret}@host:27017,[::1]:27018/db?w=1&authSource=admin&appName=x&tls=true&tlsCertificateKeyFilePassword={Secret}";
        var change = Gen.Select(Gen.Int[0, url.Length - 1], Gen.OneOf(Gen.OneOf(':', '/', '?', '#', '[', ']', '@', '%', '&', '=', ',', '+', ' '), Gen.Char), Gen.Int[0, 2]);
        change.Array[1, 4].Sample(
            changes =>
            {
                var damaged = changes.Aggregate(url, (text, edit) => Apply(text, edit.Item1, edit.Item2, edit.Item3));
                var shown = Shown(damaged);
                // Four letters in a row are more than chance, and less than a change can leave of the word.
                for (var start = 0; start + 4 <= Secret.Length; start++)
                {
                    Assert.DoesNotContain(Secret.Substring(start, 4), shown, StringComparison.Ordinal);
                }
            },
            iter: 4_000);
    }

    [Theory]
    [InlineData($"mongodb://us?er:{Secret}Hhost:27017,[::1]:27018/db?w=1&appName=x", "the name of option 1 is not a word")]
    [InlineData($"mongodb://host/?tls=true&tlsCertificateKeyFilePasword=a&{Secret}=b", "option tlsCertificateKeyFilePasword is unknown")]
    [InlineData($"mongodb://host/?tls=true&tlsCertificateKeyFilePassword{Secret}=b", "option tlsCertificateKeyFilePassword*** is unknown")]
    [InlineData($"mongodb://host/?tls=true&tlsCertificateKeyFile=assword-{Secret}", "tlsCertificateKeyFile names a file that does not exist")]
    [InlineData($"mongodb://host/?tls=true&proxyPassword=a&{Secret}=b", "option proxyPassword is not supported")]
    [InlineData($"mongodb://host/?tls=true&tlsCertificateKeyFilePassword=a&{Secret}=%z", "an option behind tlsCertificateKeyFilePassword")]
    public void Parse_OfUrlWithSecretInPlaceOfAnOption_DoesNotShowIt(string url, string says)
    {
        var shown = Shown(url);
        Assert.Contains(says, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, shown, StringComparison.Ordinal);
    }

    private static string Shown(string url)
    {
        try
        {
            return MongoConnection.Parse(url).Display;
        }
        catch (StoreException exception)
        {
            return exception.ToString();
        }
    }

    // Replaces, inserts or deletes a character, but not inside of the scheme.
    private static string Apply(string text, int index, char letter, int kind)
    {
        index = Math.Clamp(index, "mongodb://".Length, text.Length - 1);
        return kind switch
        {
            0 => text.Remove(index, 1).Insert(index, $"{letter}"),
            1 => text.Insert(index, $"{letter}"),
            _ => text.Remove(index, 1),
        };
    }
}
