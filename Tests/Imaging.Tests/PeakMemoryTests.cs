using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>The estimate by which a memory budget is kept, against what the kernel counts.</summary>
[Collection(nameof(Alone))]
public sealed partial class PeakMemoryTests
{
    /// <summary>What the codecs' code, the runtime and the allocator need at their first picture.</summary>
    private const long Overhead = 16 << 20;

    // Writing 5 to it sets the peak to what is resident now. Source: proc(5).
    private const string Reset = "/proc/self/clear_refs";

    public static TheoryData<string> Names() => [.. LargePictures.All().Select(picture => picture.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Estimate_LargePicture_IsNotExceeded(string name)
    {
        Assert.SkipUnless(File.Exists(Reset), $"needs {Reset} of Linux, whose kernel keeps the peak of a process");
        var file = LargePictures.All().First(picture => picture.Name == name).Make();
        var renderer = new ImageRenderer();
        var estimate = renderer.Estimate(file, DerivativeSpec.Defaults).PeakBytes;

        var before = StartPeak();
        try
        {
            renderer.Render(file, DerivativeSpec.Defaults, TestContext.Current.CancellationToken).Dispose();
        }
        catch (SourceException exception) when (exception.Failure.Class == FailureClass.Corrupt)
        {
            // Decoded all the same, and found to be empty.
        }

        var peak = Status("VmHWM") - before;
        Assert.True(peak <= estimate + Overhead, $"peak {peak:N0} bytes, estimate {estimate:N0}");
    }

    /// <summary>Nothing is admitted before the estimate is there, so what it takes is in no budget.</summary>
    [Theory]
    [InlineData("gif")]
    [InlineData("webp")]
    [InlineData("png with texts")]
    [InlineData("png with a profile")]
    [InlineData("jpeg with a profile")]
    public void Estimate_FileOfMuchBesideThePicture_TakesFewMegabytes(string kind)
    {
        Assert.SkipUnless(File.Exists(Reset), $"needs {Reset} of Linux, whose kernel keeps the peak of a process");
        var file = kind switch
        {
            "gif" => BadContainers.Gif(1_500_000),
            "webp" => BadContainers.WebP(1, 3_000_000),
            "png with texts" => BadContainers.WithTexts(TestPicture.Encode(40, 30, 3, "pngsave_buffer"), count: 10),
            "png with a profile" => BadContainers.WithProfile(TestPicture.Encode(40, 30, 3, "pngsave_buffer"), length: 40_000_000),
            _ => BadJpegs.WithProfileOf16Megabytes(),
        };
        var renderer = new ImageRenderer();

        var before = StartPeak();
        try
        {
            _ = renderer.Estimate(file, DerivativeSpec.Defaults);
        }
        catch (SourceException exception) when (exception.Failure.Class == FailureClass.Unsupported)
        {
            // Refused without being gone into.
        }

        var peak = Status("VmHWM") - before;
        GC.KeepAlive(file);
        Assert.True(peak <= Overhead, $"peak {peak:N0} bytes");
    }

    private static long StartPeak()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _ = GiveBack(0);
        File.WriteAllText(Reset, "5");
        return Status("VmRSS");
    }

    private static long Status(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int GiveBack(nuint pad);
}
