using ImageLibrary.Temporal.Server;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>The embedded server, in memory, with the application's search attributes.</summary>
internal static class EmbeddedServer
{
    public static Task<TemporalServerHost> StartAsync() => TemporalServerHost.StartAsync(new TemporalServerOptions
    {
        Port = 0,
        SearchAttributes = new Dictionary<string, SearchAttributeType>
        {
            ["ImageLibraryId"] = SearchAttributeType.Keyword,
            ["ImageJobType"] = SearchAttributeType.Keyword,
            ["ImageJobStage"] = SearchAttributeType.Keyword,
            ["ImageProgress"] = SearchAttributeType.Double,
        },
    });
}
