using System.Security.Cryptography;
using System.Text.Json;
using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    /// <inheritdoc/>
    public Task<AccessKeys> ShareAccessAsync(AccessToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Writer.RunAsync(
            session =>
            {
                session.Execute(
                    "INSERT INTO meta VALUES ('signingKey', ?1) ON CONFLICT (key) DO NOTHING",
                    RandomNumberGenerator.GetBytes(AccessKeys.SigningKeyBytes));
                session.Execute(
                    "INSERT OR REPLACE INTO meta VALUES ('token:' || ?1, ?2)", token.Name, JsonSerializer.Serialize(token, StoreJson.Default.AccessToken));
                return ReadAccess(session);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AccessKeys> GetAccessAsync(CancellationToken cancellationToken = default) => _readers.RunAsync(ReadAccess, cancellationToken);

    private static AccessKeys ReadAccess(SqliteSession session) => new(
        session.First("SELECT value FROM meta WHERE key = 'signingKey'", row => row.GetFieldValue<byte[]>(0)) ?? [],
        session.Query(
            "SELECT value FROM meta WHERE key LIKE 'token:%' ORDER BY key",
            row => JsonSerializer.Deserialize(row.GetString(0), StoreJson.Default.AccessToken)!));
}
