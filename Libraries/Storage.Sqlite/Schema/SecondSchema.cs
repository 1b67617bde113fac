namespace ImageLibrary.Storage.Sqlite;

/// <summary>Version 2: more facts of sources. Adding columns that may be NULL touches no row, however many there are.</summary>
internal static class SecondSchema
{
    public const string Sql = """
        ALTER TABLE images ADD COLUMN profile TEXT;
        ALTER TABLE images ADD COLUMN camera TEXT;
        -- Ticks of the camera's own clock, whose time zone is not known.
        ALTER TABLE images ADD COLUMN taken_at INTEGER;
        """;
}
