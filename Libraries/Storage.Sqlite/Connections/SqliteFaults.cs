using ImageLibrary.Core;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>Turns the database's errors into ones that say what the user can do.</summary>
internal static class SqliteFaults
{
    /// <summary>The fault as a <see cref="StoreException"/>, or the fault itself when the database did not raise it.</summary>
    public static Exception Translate(Exception fault) =>
        fault is SqliteException sqlite ? new StoreException(Explain(sqlite), sqlite) : fault;

    private static string Explain(SqliteException fault) => fault.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            "The store is locked by another process; stop that one, or use another data folder.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            "The store's file is damaged or not a store; put a backup in its place.",
        raw.SQLITE_FULL => "No space is left on the disk that holds the store; free some.",
        raw.SQLITE_CANTOPEN => "The store's file cannot be opened; check that the data folder exists and may be written.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM => "The store's file may not be written; check the data folder's permissions.",
        // A full disk is told by this one, too, where the files beside the database cannot be made.
        raw.SQLITE_IOERR => "The disk that holds the store failed to read or write "
            + $"(SQLite error {fault.SqliteExtendedErrorCode}); check that the data folder's disk has space left and is sound.",
        _ => $"The store failed: {fault.Message}",
    };
}
