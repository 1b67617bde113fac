namespace ImageLibrary.Storage.Sqlite;

/// <summary>Version 3: sums of derivatives beside the other counts of a library. Every image is read, once.</summary>
internal static class ThirdSchema
{
    public const string Sql = """
        ALTER TABLE libraries ADD COLUMN derivative_files INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE libraries ADD COLUMN derivative_bytes INTEGER NOT NULL DEFAULT 0;
        UPDATE libraries SET (derivative_files, derivative_bytes) = (
            SELECT count(*), coalesce(sum(json_extract(d.value, '$[4]')), 0)
            FROM collections c JOIN images i ON i.collection_no = c.no JOIN json_each(i.derivatives) d
            WHERE c.library_no = libraries.no);
        """;
}
