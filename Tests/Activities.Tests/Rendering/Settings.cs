using ImageLibrary.Activities;

namespace ImageLibrary.Tests.Activities.Rendering;

internal static class Settings
{
    public static ActivitySettings With(long memory, string? dataDirectory = null) => new()
    {
        DataDirectory = dataDirectory ?? "",
        StateDirectory = dataDirectory ?? "",
        Workers = 2,
        MemoryBudget = memory,
        PictureDeadline = TimeSpan.FromSeconds(30),
        WaitInterval = TimeSpan.FromSeconds(1),
    };
}
