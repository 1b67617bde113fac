namespace ImageLibrary.Temporal.Server.Visibility.Store;

/// <summary>The tables of visibility. Times are nanoseconds since 1970, as <see cref="Timestamps"/> has them.</summary>
internal static class VisibilitySchema
{
    /// <summary>
    /// Creates what is missing. <c>sort_time</c> is the close time, or the largest integer while the run is open, so that
    /// one index serves the default order. <c>id</c> is the key of the run. <c>search_attr</c> holds one row for each value of each attribute.
    /// </summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS visibility (
            id INTEGER PRIMARY KEY,
            namespace TEXT NOT NULL,
            workflow_id TEXT NOT NULL,
            run_id TEXT NOT NULL,
            workflow_type TEXT NOT NULL,
            task_queue TEXT NOT NULL,
            status INTEGER NOT NULL,
            start_time INTEGER NOT NULL,
            execution_time INTEGER NOT NULL,
            close_time INTEGER,
            execution_duration INTEGER,
            history_length INTEGER,
            history_size INTEGER,
            state_transitions INTEGER,
            parent_workflow_id TEXT,
            parent_run_id TEXT,
            root_workflow_id TEXT NOT NULL,
            root_run_id TEXT NOT NULL,
            first_run_id TEXT NOT NULL,
            memo BLOB,
            search_attributes BLOB,
            sort_time INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS visibility_order ON visibility (namespace, sort_time DESC, start_time DESC, id DESC);
        CREATE INDEX IF NOT EXISTS visibility_workflow ON visibility (namespace, workflow_id);
        CREATE INDEX IF NOT EXISTS visibility_parent ON visibility (parent_workflow_id) WHERE parent_workflow_id IS NOT NULL;
        CREATE TABLE IF NOT EXISTS search_attr (
            name TEXT NOT NULL,
            value NOT NULL,
            row INTEGER NOT NULL,
            PRIMARY KEY (name, value, row)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS search_attr_row ON search_attr (row, name);
        CREATE TABLE IF NOT EXISTS search_attr_definition (
            namespace TEXT NOT NULL,
            name TEXT NOT NULL,
            type INTEGER NOT NULL,
            PRIMARY KEY (namespace, name)) WITHOUT ROWID;
        """;
}
