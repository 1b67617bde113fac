using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>A library, and what a scan of it ends in when nothing disturbs it: what all tests of a class compare with.</summary>
public sealed class UndisturbedScan : IAsyncLifetime
{
    private const int Collections = 5;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private readonly TemporaryFolder folder = new();

    public static int Pictures => Repository.LongForms ? 1_500 : 150;

    /// <summary>Root of the library.</summary>
    public string Library { get; private set; } = "";

    /// <summary>Path and state of every image.</summary>
    public IReadOnlyList<string> Images { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Library = folder.MakeLibrary(Collections, Pictures / Collections, width: 400, height: 300);
        Images = await FinalState.OfUndisturbedAsync(folder["undisturbed"], Library, Deadline);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
