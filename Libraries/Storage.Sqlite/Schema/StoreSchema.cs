using System.Globalization;
using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>Creates the tables and brings older ones forward.</summary>
internal static class StoreSchema
{
    // Marks the file as ours ("IMGL"), so that another program's database is never altered.
    private const long ApplicationId = 0x494D474C;

    private static readonly string[] Migrations = [FirstSchema.Sql, SecondSchema.Sql, ThirdSchema.Sql];

    /// <summary>The version that this program writes.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Creates or migrates, each step in a transaction of its own.</summary>
    /// <exception cref="StoreException">The file is newer, or another program's.</exception>
    public static void Apply(SqliteSession session)
    {
        var version = session.Number("PRAGMA user_version");
        var tables = session.Number("SELECT count(*) FROM sqlite_master");
        if (tables > 0 && session.Number("PRAGMA application_id") != ApplicationId)
        {
            throw new StoreException("The store's file belongs to another program; use another data folder.");
        }
        if (version > Version)
        {
            throw new StoreException(
                $"The store has schema version {version}, but this program knows {Version}; start a newer program, or put a backup in its place.");
        }
        // The journal mode is kept in the file. FULL: a recorded batch survives a power cut, so no picture is rendered twice.
        session.Run("PRAGMA journal_mode = WAL");
        session.Run("PRAGMA synchronous = FULL");
        session.Run("PRAGMA journal_size_limit = 67108864");
        for (var step = (int)version; step < Version; step++)
        {
            session.Run(string.Create(
                CultureInfo.InvariantCulture,
                $"BEGIN IMMEDIATE; PRAGMA application_id = {ApplicationId}; {Migrations[step]} PRAGMA user_version = {step + 1}; COMMIT"));
        }
    }
}
