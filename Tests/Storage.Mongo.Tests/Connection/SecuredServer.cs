using System.Security.Cryptography.X509Certificates;
using ImageLibrary.Storage.Mongo;
using ImageLibrary.Tests.MongoServers;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo.Connection;

/// <summary>A real server that wants TLS and credentials. Without the program its tests are skipped.</summary>
public sealed class SecuredServer : IAsyncLifetime
{
    /// <summary>A password with every character that a URL gives a meaning of its own.</summary>
    public const string Password = "p:w/?#[]@%+ ä";

    /// <summary>Name of the certificate that is a user.</summary>
    public const string CertificateUser = "CN=worker,OU=clients,O=example";

    private readonly string _folder = Directory.CreateTempSubdirectory("imagelibrary-secured-").FullName;
    private Mongod? _server;

    public string CaFile => Path.Combine(_folder, "ca.pem");

    public string OtherCaFile => Path.Combine(_folder, "other.pem");

    public string UserFile => Path.Combine(_folder, "user.pem");

    public string Address => _server!.Address;

    public async ValueTask InitializeAsync()
    {
        if (MongodProgram.Path is null)
        {
            return;
        }
        using var authority = Certificates.NewAuthority("CN=Test authority");
        using var other = Certificates.NewAuthority("CN=Somebody else");
        using var server = Certificates.Issue(authority, "CN=server,OU=servers,O=example");
        using var user = Certificates.Issue(authority, CertificateUser);
        var serverFile = Path.Combine(_folder, "server.pem");
        await File.WriteAllTextAsync(CaFile, authority.ExportCertificatePem());
        await File.WriteAllTextAsync(OtherCaFile, other.ExportCertificatePem());
        await File.WriteAllTextAsync(serverFile, Certificates.Pem(server));
        await File.WriteAllTextAsync(UserFile, Certificates.Pem(user));
        _server = await Mongod.StartAsync(
            "--auth", "--tlsMode", "requireTLS", "--tlsCertificateKeyFile", serverFile, "--tlsCAFile", CaFile, "--tlsAllowConnectionsWithoutCertificates",
            "--setParameter", "authenticationMechanisms=SCRAM-SHA-1,SCRAM-SHA-256,MONGODB-X509");
        await AddUsersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>URL of the server with its authority trusted.</summary>
    /// <param name="userInfo">User and password with the @ behind them, or nothing.</param>
    /// <param name="options">More options, each with the &amp; before it.</param>
    public string Url(string userInfo = "", string options = "")
    {
        MongodProgram.PathOrSkip();
        return $"mongodb://{userInfo}{Address}/?directConnection=true&serverSelectionTimeoutMS=20000&tls=true&tlsCAFile={CaFile}{options}";
    }

    // A server without any user lets the first one be made from its own machine.
    private async Task AddUsersAsync()
    {
        using (var first = new MongoClient(MongoConnection.Parse(Url()).Settings))
        {
            await AddAsync(first, "admin", "root", "root", ["SCRAM-SHA-1", "SCRAM-SHA-256"]);
        }
        using var root = new MongoClient(MongoConnection.Parse(Url("root:" + Uri.EscapeDataString(Password) + "@")).Settings);
        await AddAsync(root, "admin", "old", "readWriteAnyDatabase", ["SCRAM-SHA-1"]);
        await AddAsync(root, "admin", "new", "readWriteAnyDatabase", ["SCRAM-SHA-256"]);
        await AddAsync(root, "pictures", "local", "readWriteAnyDatabase", ["SCRAM-SHA-256"]);
        await AddAsync(root, "$external", CertificateUser, "readWriteAnyDatabase", null);
    }

    private static async Task AddAsync(MongoClient client, string database, string name, string role, string[]? mechanisms)
    {
        var command = new BsonDocument { { "createUser", name }, { "roles", new BsonArray { new BsonDocument { { "role", role }, { "db", "admin" } } } } };
        if (mechanisms is not null)
        {
            command.Add("pwd", Password).Add("mechanisms", new BsonArray(mechanisms));
        }
        await client.GetDatabase(database).RunCommandAsync<BsonDocument>(command);
    }
}
