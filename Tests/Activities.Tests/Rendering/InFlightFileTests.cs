using ImageLibrary.Activities;
using Xunit;

namespace ImageLibrary.Tests.Activities.Rendering;

public sealed class InFlightFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("in-flight-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void IsSuspect_PictureOfAProcessThatDied_UntilItIsCleared()
    {
        using (var died = Open())
        {
            _ = died.Note("a");
            _ = died.Note("b");
            died.Note("finished").Dispose();
        }
        using (var next = Open())
        {
            Assert.Equal((true, true, false), (next.IsSuspect("a"), next.IsSuspect("b"), next.IsSuspect("finished")));
            next.Clear("a");
        }

        using var last = Open();

        Assert.Equal((false, true), (last.IsSuspect("a"), last.IsSuspect("b")));
    }

    [Fact]
    public void Note_ManySuspectsThatNobodyClears_FindsRoomAlways()
    {
        for (var process = 0; process < 3; process++)
        {
            using var file = Open();
            for (var i = 0; i < 1_500; i++)
            {
                _ = file.Note($"{process}-{i}");
            }
        }

        using var last = Open();

        Assert.True(last.IsSuspect("2-1499"));
    }

    private InFlightFile Open() => new(Settings.With(1 << 20, folder.FullName));
}
