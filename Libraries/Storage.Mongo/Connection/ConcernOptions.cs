using System.Globalization;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Which servers are read from, and when a write counts.</summary>
internal static class ConcernOptions
{
    private const int LeastStalenessSeconds = 90;

    public static void Apply(UrlOptions options, MongoClientSettings settings, List<string> notes)
    {
        settings.ReadConcern = options.Word("readConcernLevel", "local", "available", "majority", "linearizable", "snapshot") switch
        {
            "local" => ReadConcern.Local,
            "available" => ReadConcern.Available,
            "majority" => ReadConcern.Majority,
            "linearizable" => ReadConcern.Linearizable,
            "snapshot" => ReadConcern.Snapshot,
            _ => settings.ReadConcern,
        };
        settings.WriteConcern = ReadWriteConcern(options);
        settings.ReadPreference = ReadReadPreference(options);
        NoteOverridden(settings, notes);
        settings.RetryReads = options.Flag("retryReads") ?? settings.RetryReads;
        settings.RetryWrites = options.Flag("retryWrites") ?? settings.RetryWrites;
    }

    // What the store promises must not depend on the URL.
    private static void NoteOverridden(MongoClientSettings settings, List<string> notes)
    {
        var isWeaker = settings.WriteConcern.W is not null and not WriteConcern.WMode { Value: "majority" } || settings.WriteConcern.Journal == false;
        if (isWeaker || settings.WriteConcern.WTimeout is not null)
        {
            notes.Add("The MongoDB URL says when a write counts; the store waits for the majority and its journal, however long that takes.");
        }
        if (settings.ReadPreference.ReadPreferenceMode != ReadPreferenceMode.Primary)
        {
            notes.Add("The MongoDB URL asks to read from other servers than the primary; the store does not, because they may lag behind.");
        }
    }

    private static WriteConcern ReadWriteConcern(UrlOptions options)
    {
        var concern = WriteConcern.Acknowledged;
        if (options.Text("w") is { } text)
        {
            var isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count);
            if (isNumber && count < 0)
            {
                throw ConnectionFault.Of("option w must not be negative");
            }
            concern = isNumber ? concern.With(count) : concern.With(text);
        }
        var journal = options.Flag("journal", "j");
        if (journal == true && concern.W is WriteConcern.WCount { Value: 0 })
        {
            throw ConnectionFault.Of("options w=0 and journal=true exclude each other");
        }
        return concern.With(journal: journal, wTimeout: options.Milliseconds("wTimeoutMS"));
    }

    private static ReadPreference ReadReadPreference(UrlOptions options)
    {
        var mode = options.Word("readPreference", "primary", "primaryPreferred", "secondary", "secondaryPreferred", "nearest") switch
        {
            "primaryPreferred" => ReadPreferenceMode.PrimaryPreferred,
            "secondary" => ReadPreferenceMode.Secondary,
            "secondaryPreferred" => ReadPreferenceMode.SecondaryPreferred,
            "nearest" => ReadPreferenceMode.Nearest,
            _ => ReadPreferenceMode.Primary,
        };
        var tags = options.All("readPreferenceTags").Select(ReadTags).ToList();
        var seconds = options.Number("maxStalenessSeconds", -1);
        if (seconds is >= 0 and < LeastStalenessSeconds)
        {
            throw ConnectionFault.Of($"option maxStalenessSeconds must be -1 or at least {LeastStalenessSeconds}");
        }
        if (mode == ReadPreferenceMode.Primary && (tags.Count > 0 || seconds > 0))
        {
            throw ConnectionFault.Of("options readPreferenceTags and maxStalenessSeconds need a readPreference other than primary");
        }
        return new ReadPreference(mode, tags.Count > 0 ? tags : null, seconds > 0 ? TimeSpan.FromSeconds(seconds.Value) : null);
    }

    // An empty list at the end means: else any server.
    private static TagSet ReadTags(string text) => new(text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
    {
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new Tag(pair[..colon], pair[(colon + 1)..])
            : throw ConnectionFault.Of("option readPreferenceTags must be of the form name:value,name:value");
    }));
}
