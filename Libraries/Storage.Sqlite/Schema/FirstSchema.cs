namespace ImageLibrary.Storage.Sqlite;

/// <summary>
/// Version 1. Collections and libraries have short numbers beside their ids, because ten million images refer to them.
/// Counts are kept with the rows that show them, changed in the transaction that changes the images, so that no list counts.
/// Times are UTC ticks of 100 ns; enums are stored by name.
/// </summary>
internal static class FirstSchema
{
    public const string Sql = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
        INSERT INTO meta VALUES ('position', 0), ('pauseAll', 0), ('storeId', lower(hex(randomblob(8))));

        CREATE TABLE libraries (
            no INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            name_key BLOB NOT NULL,
            root_path TEXT NOT NULL,
            settings TEXT NOT NULL,
            root_device INTEGER, root_inode INTEGER, root_file_system INTEGER,
            state TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            image_count INTEGER NOT NULL DEFAULT 0,
            collection_count INTEGER NOT NULL DEFAULT 0);

        CREATE TABLE collections (
            no INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            library_no INTEGER NOT NULL,
            image_count INTEGER NOT NULL DEFAULT 0,
            incomplete_count INTEGER NOT NULL DEFAULT 0,
            last_seen_job TEXT,
            name TEXT NOT NULL,
            path TEXT NOT NULL,
            kind TEXT NOT NULL,
            listing_fingerprint TEXT,
            recipe_fingerprint TEXT,
            failure_class TEXT, failure_message TEXT,
            cover_id TEXT, cover_key BLOB,
            path_key BLOB NOT NULL,
            name_key BLOB NOT NULL);
        CREATE INDEX collections_path ON collections (path_key);
        CREATE INDEX collections_name ON collections (name_key);
        CREATE INDEX collections_library_added ON collections (library_no);
        CREATE INDEX collections_library_path ON collections (library_no, path_key);
        CREATE INDEX collections_library_name ON collections (library_no, name_key);

        -- Both orders: words to collections for rare words, collections to words to filter a walk for common ones.
        CREATE TABLE collection_words (word TEXT NOT NULL, collection_no INTEGER NOT NULL, PRIMARY KEY (word, collection_no)) WITHOUT ROWID;
        CREATE INDEX collection_words_collection ON collection_words (collection_no, word);

        CREATE TABLE images (
            no INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            collection_no INTEGER NOT NULL,
            sort_key BLOB NOT NULL,
            state TEXT NOT NULL,
            incomplete INTEGER NOT NULL,
            path TEXT NOT NULL,
            occurrence INTEGER NOT NULL,
            source_size INTEGER NOT NULL,
            source_modified INTEGER NOT NULL,
            content_hash,
            generation INTEGER NOT NULL,
            generation_job TEXT,
            width INTEGER, height INTEGER, format TEXT, orientation INTEGER, animated INTEGER, quality INTEGER,
            thumbhash BLOB,
            failure_class TEXT, failure_message TEXT,
            planned_by_job TEXT, planned_work TEXT,
            removal_candidate_job TEXT,
            removed_by_job TEXT, removed_at INTEGER,
            derivatives TEXT);
        CREATE UNIQUE INDEX images_id ON images (id);
        CREATE UNIQUE INDEX images_order ON images (collection_no, sort_key);
        CREATE INDEX images_content ON images (content_hash) WHERE content_hash IS NOT NULL;
        CREATE INDEX images_candidates ON images (removal_candidate_job) WHERE removal_candidate_job IS NOT NULL;

        CREATE TABLE jobs (
            no INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            workflow_id TEXT NOT NULL,
            type TEXT NOT NULL,
            state TEXT NOT NULL,
            ended INTEGER NOT NULL,
            position INTEGER NOT NULL,
            fold_sequence INTEGER,
            whole_library INTEGER NOT NULL,
            waiting_reason TEXT, waiting_until INTEGER, waiting_detail TEXT,
            library_id TEXT,
            collection_id TEXT,
            options TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            ended_at INTEGER,
            stage TEXT NOT NULL,
            current_folder TEXT,
            collections_total INTEGER NOT NULL, collections_done INTEGER NOT NULL, collections_skipped INTEGER NOT NULL,
            images TEXT NOT NULL,
            error TEXT);
        CREATE INDEX jobs_workflow ON jobs (workflow_id, started_at);
        CREATE INDEX jobs_started ON jobs (started_at);
        CREATE INDEX jobs_position ON jobs (position);
        CREATE INDEX jobs_library ON jobs (library_id, type, started_at);
        CREATE INDEX jobs_open ON jobs (started_at) WHERE ended = 0;

        -- A folded lane keeps its number with NULL counts: a late repeat of an old batch must not count again.
        CREATE TABLE lanes (
            job_id TEXT NOT NULL, collection_id TEXT NOT NULL, lane INTEGER NOT NULL,
            batch_number INTEGER NOT NULL, counts TEXT,
            PRIMARY KEY (job_id, collection_id, lane)) WITHOUT ROWID;
        CREATE INDEX lanes_open ON lanes (job_id) WHERE counts IS NOT NULL;

        CREATE TABLE removals (job_id TEXT PRIMARY KEY, removed INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE failures (
            job_id TEXT NOT NULL, path_key BLOB NOT NULL,
            path TEXT NOT NULL, collection_id TEXT, image_id TEXT,
            failure_class TEXT NOT NULL, message TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (job_id, path_key)) WITHOUT ROWID;
        """;
}
