using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace ImageLibrary.Tests.Cli.Tests;

public sealed class RenderTests : ProgramTests, IDisposable
{
    // A TIFF of 2×2 gray pixels.
    private static readonly byte[] Tiff =
    [
        .. "II*\0"u8, 12, 0, 0, 0, 0, 80, 160, 240, 8, 0, .. Entry(256, 2), .. Entry(257, 2), .. Entry(258, 8), .. Entry(259, 1),
        .. Entry(262, 1), .. Entry(273, 8), .. Entry(278, 2), .. Entry(279, 4), 0, 0, 0, 0,
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("imagelibrary-render-").FullName;

    [Fact]
    public async Task Render_RiskyFormatAndOwnTier_IsRenderedByTheHelper()
    {
        var source = Path.Combine(_folder, "scan.tif");
        await File.WriteAllBytesAsync(source, Tiff, TestContext.Current.CancellationToken);
        var output = Path.Combine(_folder, "out");

        var (code, lines, errors) = await RunAsync("render", source, "--out", output, "--kinds", "thumbnail,preview=2560x1440", "--json");

        Assert.True(code == 0, string.Join('\n', errors) + lines);
        using var first = JsonDocument.Parse(lines.Split('\n')[0]);
        Assert.Equal("ready", first.RootElement.GetProperty("state").GetString());
        Assert.Equal(["scan.preview.jpg", "scan.thumbnail.jpg"], Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Render_ArchiveWithoutRandomAccessBySeveralWorkers_MakesTheSameAsOfTheLooseFiles()
    {
        var loose = Directory.CreateDirectory(Path.Combine(_folder, "loose")).FullName;
        foreach (var number in Enumerable.Range(1, 40))
        {
            await File.WriteAllBytesAsync(Path.Combine(loose, $"{number}.png"), EndToEnd.Support.Png.Gradient(40 + number, 30, number), TestContext.Current.CancellationToken);
        }

        var archive = Path.Combine(_folder, "pages.tar.gz");
        await using (var file = new GZipStream(File.Create(archive), CompressionLevel.Fastest))
        {
            await TarFile.CreateFromDirectoryAsync(loose, file, includeBaseDirectory: false, TestContext.Current.CancellationToken);
        }

        await AssertRendersAllAsync(loose, "of files");
        await AssertRendersAllAsync(archive, "of archive");
        Assert.Equal(Outputs(Path.Combine(_folder, "of files")), Outputs(Path.Combine(_folder, "of archive", "pages.tar.gz")));

        async Task AssertRendersAllAsync(string source, string output)
        {
            var (code, lines, errors) = await RunAsync("render", source, "--out", Path.Combine(_folder, output), "--workers", "4", "--json");
            Assert.True(code == 0, string.Join('\n', errors) + lines);
        }

        static IReadOnlyList<string> Outputs(string folder) =>
            [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}")];
    }

    [Fact]
    public async Task Render_VariablesOfTurboJpegInTheEnvironment_DoNotChangeWhatIsWritten()
    {
        var source = Path.Combine(_folder, "a.png");
        await File.WriteAllBytesAsync(source, EndToEnd.Support.Png.Gradient(40, 30, 1), TestContext.Current.CancellationToken);

        var plain = await RenderAsync("plain");
        var changed = await RenderAsync("changed", ("TJ_ARITHMETIC", "1"), ("TJ_RESTART", "1"));

        Assert.Equal(plain, changed);

        async Task<byte[]> RenderAsync(string output, params (string Name, string Value)[] environment)
        {
            var folder = Path.Combine(_folder, output);
            _ = await RunAsync(["render", source, "--out", folder, "--kinds", "cache"], environment);
            return await File.ReadAllBytesAsync(Path.Combine(folder, "a.cache.jpg"), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Render_FileBeyondTheLimit_IsTooLargeAndTheOthersAreRendered()
    {
        await using (var sparse = File.Create(Path.Combine(_folder, "a.jpg")))
        {
            sparse.SetLength(1_800L << 20);
        }
        await File.WriteAllBytesAsync(Path.Combine(_folder, "b.png"), EndToEnd.Support.Png.Gradient(40, 30, 1), TestContext.Current.CancellationToken);
        var output = Path.Combine(_folder, "out");

        var (code, lines, errors) = await RunAsync("render", _folder, "--out", output, "--json");

        Assert.True(code == 3, string.Join('\n', errors) + lines);
        Assert.Equal([("a.jpg", "tooLarge"), ("b.png", null)], Files(lines));
        Assert.Equal(["b.cache.jpg", "b.thumbnail.jpg"], Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Render_NameThatTheOutputFolderDoesNotTake_IsTheFailureOfThatPicture()
    {
        var picture = EndToEnd.Support.Png.Gradient(40, 30, 1);
        var tooLong = new string('n', 250) + ".png";
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.png"), picture, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_folder, tooLong), picture, TestContext.Current.CancellationToken);

        var (code, lines, errors) = await RunAsync("render", _folder, "--out", Path.Combine(_folder, "out"), "--json");

        Assert.True(code == 3, string.Join('\n', errors) + lines);
        Assert.Equal([("a.png", null), (tooLong, "ioError")], Files(lines));
    }

    [Fact]
    public async Task Render_OutputFolderThatTakesNothing_EndsTheRunAndNamesIt()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.png"), EndToEnd.Support.Png.Gradient(40, 30, 1), TestContext.Current.CancellationToken);

        var (code, lines, errors) = await RunAsync("render", _folder, "--out", "/proc", "--json");

        Assert.Equal(1, code);
        Assert.Empty(lines);
        Assert.Contains("/proc", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_NoRoomForADerivative_EndsTheRunAndLeavesNoPartOfIt()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.png"), EndToEnd.Support.Png.Gradient(1000, 800, 1), TestContext.Current.CancellationToken);
        var output = Path.Combine(_folder, "out");

        // Files of more than so many KiB are refused, as they are by a full disk; the runtime maps larger ones for itself otherwise.
        var (code, _, errors) = await StartAsync(
            "bash",
            ["-c", "trap '' XFSZ; ulimit -f 12; exec dotnet \"$0\" \"$@\"", ProgramPath(), "render", _folder, "--out", output, "--kinds", "cache"],
            ("DOTNET_EnableWriteXorExecute", "0"));

        Assert.True(code == 1, string.Join('\n', errors));
        Assert.Contains(output, Assert.Single(errors), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(output));
    }

    [Fact]
    public async Task Render_NoRoomForADerivative_KeepsTheFormerOne()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.png"), EndToEnd.Support.Png.Gradient(1000, 800, 1), TestContext.Current.CancellationToken);
        var former = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "out")).FullName, "a.cache.jpg");
        await File.WriteAllTextAsync(former, "former", TestContext.Current.CancellationToken);

        var (code, _, _) = await StartAsync(
            "bash",
            ["-c", "trap '' XFSZ; ulimit -f 12; exec dotnet \"$0\" \"$@\"", ProgramPath(), "render", _folder, "--out", Path.GetDirectoryName(former)!, "--kinds", "cache"],
            ("DOTNET_EnableWriteXorExecute", "0"));

        Assert.Equal(1, code);
        Assert.Equal("former", await File.ReadAllTextAsync(former, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Render_SourceWhereADerivativeWouldLie_IsRefusedAndNothingIsWritten()
    {
        var picture = EndToEnd.Support.Png.Gradient(40, 30, 1);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.jpg"), picture, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.thumbnail.jpg"), picture, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "b.jpg"), picture, TestContext.Current.CancellationToken);
        var link = Path.Combine(_folder, "link");
        Directory.CreateSymbolicLink(link, _folder);

        var (code, _, errors) = await RunAsync("render", _folder, "--out", link, "--kinds", "thumbnail");

        Assert.Equal(2, code);
        Assert.Contains("a.thumbnail.jpg is one of the sources", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Equal(picture, await File.ReadAllBytesAsync(Path.Combine(_folder, "a.thumbnail.jpg"), TestContext.Current.CancellationToken));
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task Render_OutputFolderWithinTheSources_IsLeftOutAndClearedOfWhatAKilledRunHadBegun()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.png"), EndToEnd.Support.Png.Gradient(40, 30, 1), TestContext.Current.CancellationToken);
        var output = Directory.CreateDirectory(Path.Combine(_folder, "out")).FullName;
        await File.WriteAllTextAsync(Path.Combine(output, "b.jpg"), "made before", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(output, ".imagelibrary-killed"), "half", TestContext.Current.CancellationToken);
        var forgotten = Path.Combine(output, ".imagelibrary-forgotten");
        await File.WriteAllBytesAsync(forgotten, [], TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(forgotten, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));
        await File.WriteAllBytesAsync(Path.Combine(output, ".imagelibrary-created"), [], TestContext.Current.CancellationToken);
        await using var other = new FileStream(Path.Combine(output, ".imagelibrary-alive"), FileMode.Create, FileAccess.Write, FileShare.None);
        other.Write("half"u8);
        other.Flush();

        var (code, lines, errors) = await RunAsync("render", _folder, "--out", output, "--json");

        Assert.True(code == 0, string.Join('\n', errors) + lines);
        Assert.Equal([("a.png", null)], Files(lines));
        Assert.Equal(
            [".imagelibrary-alive", ".imagelibrary-created", "a.cache.jpg", "a.thumbnail.jpg", "b.jpg"],
            Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Render_WhatMayNotBeReadOrHasNoName_IsAFailureAndTheOthersAreRendered()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.png"), EndToEnd.Support.Png.Gradient(40, 30, 1), TestContext.Current.CancellationToken);

        // Who is root reads all, unless that power is taken away.
        var (code, lines, errors) = await StartAsync(
            "bash",
            [
                "-c",
                "cd \"$1\"; mkdir closed; cp a.png closed; chmod 0 closed; cp a.png $'caf\\xe9.png'; "
                + "plain=; if [ $EUID = 0 ]; then plain='setpriv --bounding-set=-dac_override,-dac_read_search'; fi; "
                + "$plain dotnet \"$0\" render . --out out --json; code=$?; chmod 700 closed; rm $'caf\\xe9.png'; exit $code",
                ProgramPath(),
                _folder,
            ]);

        Assert.True(code == 3, string.Join('\n', errors) + lines);
        Assert.Equal([("a.png", null), ("caf\uFFFD.png", "unreadable"), ("closed", "permission")], Files(lines));
    }

    [Fact]
    public async Task Render_LargeFilesByManyWorkers_KeepsNoMoreOfThemThanTheBudgetAllows()
    {
        var source = Path.Combine(_folder, "large.png");
        await File.WriteAllBytesAsync(source, EndToEnd.Support.Png.Gradient(40, 30, 1, new byte[12 << 20]), TestContext.Current.CancellationToken);

        // Each worker takes two of them in turn; the heap has room for a few at once.
        var (code, lines, errors) = await RunAsync(
            ["render", .. Enumerable.Repeat(source, 32), "--out", Path.Combine(_folder, "out"), "--workers", "16", "--memory-budget", "32MiB", "--json"],
            ("DOTNET_GCHeapHardLimit", "0x6000000"));

        Assert.True(code == 0, string.Join('\n', errors) + lines);
    }

    [Fact]
    public async Task Render_LargeFileThatNoDecoderTakes_IsNotReadToItsEnd()
    {
        var source = Path.Combine(_folder, "large.jpg");
        await using (var sparse = File.Create(source))
        {
            sparse.SetLength(300L << 20);
        }

        var (_, lines, errors) = await RunAsync(
            ["render", source, "--out", Path.Combine(_folder, "out"), "--json"], ("DOTNET_GCHeapHardLimit", "0x6000000"));

        Assert.Empty(errors);
        Assert.Equal([("large.jpg", "unsupported")], Files(lines));
    }

    [Fact]
    public async Task Render_PictureBeyondTheMemoryBudget_IsRenderedByTheHelperUnlessThatHasTooLittle()
    {
        // Its rows alone take more than the budget, and more than the helper has.
        var source = Path.Combine(_folder, "large.png");
        await File.WriteAllBytesAsync(source, EndToEnd.Support.Png.Gradient(6000, 6000, 1), TestContext.Current.CancellationToken);

        var (code, lines, errors) = await RunAsync("render", source, "--out", Path.Combine(_folder, "out"), "--memory-budget", "1MiB", "--json");
        Assert.True(code == 0, string.Join('\n', errors) + lines);

        (code, lines, errors) = await RunAsync(
            "render", source, "--out", Path.Combine(_folder, "out"), "--memory-budget", "1MiB", "--helper-memory", "256MiB", "--json");
        Assert.True(code == 3, string.Join('\n', errors) + lines);
        Assert.Equal([("large.png", "tooLarge")], Files(lines));
    }

    [Fact]
    public async Task Render_ArchiveWithoutAnyFile_IsEmpty()
    {
        var archive = Path.Combine(_folder, "pages.zip");
        await (await ZipFile.OpenAsync(archive, ZipArchiveMode.Create, TestContext.Current.CancellationToken)).DisposeAsync();

        var (code, lines, errors) = await RunAsync("render", archive, "--out", Path.Combine(_folder, "out"), "--json");

        Assert.True(code == 3, string.Join('\n', errors) + lines);
        Assert.Equal([("pages.zip", "empty")], Files(lines));
    }

    [Fact]
    public async Task Render_NameThatWouldSteerTheTerminal_IsShownWithoutItsPower()
    {
        var source = Path.Combine(_folder, "\e[31mred\n\u202egpj.png");
        await File.WriteAllTextAsync(source, "no picture", TestContext.Current.CancellationToken);

        var (code, _, errors) = await RunAsync("render", source, "--out", Path.Combine(_folder, "out"));

        Assert.Equal(3, code);
        var error = Assert.Single(errors);
        Assert.Contains("\uFFFD[31mred\uFFFD\uFFFDgpj.png: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain(error, char.IsControl);
    }

    [Fact]
    public async Task Render_ArchiveInAnArchive_IsReportedAndWhatPackersLeaveIsNot()
    {
        var archive = Path.Combine(_folder, "pages.zip");
        await using (var zip = await ZipFile.OpenAsync(archive, ZipArchiveMode.Create, TestContext.Current.CancellationToken))
        {
            foreach (var name in new[] { "1.png", "inner.cbz", "__MACOSX/._1.png" })
            {
                await using var entry = await zip.CreateEntry(name).OpenAsync(TestContext.Current.CancellationToken);
                await entry.WriteAsync(EndToEnd.Support.Png.Gradient(40, 30, 1), TestContext.Current.CancellationToken);
            }
        }

        var (code, lines, errors) = await RunAsync("render", archive, "--out", Path.Combine(_folder, "out"), "--json");

        Assert.True(code == 3, string.Join('\n', errors) + lines);
        Assert.Equal([("1.png", null), ("inner.cbz", "unsupported")], Files(lines));
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar")]
    public async Task Render_EmptyPicturesInAnArchive_AreTheirFailureAndTheOthersAreRendered(string kind)
    {
        var loose = Directory.CreateDirectory(Path.Combine(_folder, "loose")).FullName;
        string[] names = ["1.png", "2.png", "3.png", "4.png"];
        foreach (var name in names)
        {
            await File.WriteAllBytesAsync(
                Path.Combine(loose, name), name == "4.png" ? EndToEnd.Support.Png.Gradient(40, 30, 1) : [], TestContext.Current.CancellationToken);
        }

        var archive = Path.Combine(_folder, $"pages.{kind}");
        await (kind == "zip"
            ? ZipFile.CreateFromDirectoryAsync(loose, archive, TestContext.Current.CancellationToken)
            : TarFile.CreateFromDirectoryAsync(loose, archive, includeBaseDirectory: false, TestContext.Current.CancellationToken));

        var (code, lines, errors) = await RunAsync("render", archive, "--out", Path.Combine(_folder, "out"), "--workers", "1", "--json");

        Assert.True(code == 3, string.Join('\n', errors) + lines);
        Assert.Equal([("1.png", "empty"), ("2.png", "empty"), ("3.png", "empty"), ("4.png", null)], Files(lines));
    }

    [Fact]
    public async Task Render_Json_TellsSourceAndDerivatives()
    {
        var source = Path.Combine(_folder, "a.png");
        await File.WriteAllBytesAsync(
            source, EndToEnd.Support.Png.Gradient(600, 400, 1, EndToEnd.Support.Png.Exif("Camera 5", "2024:02:29 23:59:58")), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "b.png"), "no picture", TestContext.Current.CancellationToken);
        var output = Path.Combine(_folder, "out");

        var (_, lines, _) = await RunAsync("render", _folder, "--out", output, "--kinds", "thumbnail", "--workers", "1", "--quality", "70", "--json");
        using var first = JsonDocument.Parse(lines.Split('\n')[0]);
        using var second = JsonDocument.Parse(lines.Split('\n')[1]);
        var made = first.RootElement.GetProperty("derivatives")[0];

        Assert.Equal(
            ["600", "400", $"{new FileInfo(source).Length}", "png", "1", "False", "", "", "Camera 5", "2024-02-29T23:59:58"],
            new[] { "width", "height", "bytes", "format", "orientation", "animated", "profile", "estimatedQuality", "camera", "takenAt" }
                .Select(name => $"{first.RootElement.GetProperty(name)}"));
        Assert.InRange(Convert.FromBase64String(first.RootElement.GetProperty("thumbhash").GetString()!).Length, 5, 25);
        var file = Path.Combine(output, "a.thumbnail.jpg");
        Assert.Equal(
            ["thumbnail", file, "300", "200", $"{new FileInfo(file).Length}", "70", "jpeg"],
            new[] { "kind", "path", "width", "height", "bytes", "quality", "format" }.Select(name => $"{made.GetProperty(name)}"));
        Assert.Equal(JsonValueKind.Null, second.RootElement.GetProperty("width").ValueKind);
        Assert.Empty(second.RootElement.GetProperty("derivatives").EnumerateArray());
    }

    [Theory]
    [InlineData("--max-pixels", "1199")]
    [InlineData("--max-side", "39")]
    [InlineData("--max-file-size", "100")]
    [InlineData("--max-entry-size", "100")]
    [InlineData("--max-archive-size", "100")]
    [InlineData("--max-archive-entries", "1")]
    public async Task Render_BeyondALimit_NamesItsOptionAndVariable(string option, string value)
    {
        var archive = Path.Combine(_folder, "pages.zip");
        await using (var zip = await ZipFile.OpenAsync(archive, ZipArchiveMode.Create, TestContext.Current.CancellationToken))
        {
            foreach (var name in new[] { "1.png", "2.png" })
            {
                await using var entry = await zip.CreateEntry(name).OpenAsync(TestContext.Current.CancellationToken);
                await entry.WriteAsync(EndToEnd.Support.Png.Gradient(40, 30, 1), TestContext.Current.CancellationToken);
            }
        }

        var variable = "IMAGELIBRARY_" + option[2..].Replace('-', '_').ToUpperInvariant();
        string[] render = ["render", archive, "--out", Path.Combine(_folder, "out"), "--json"];
        var (code, lines, errors) = await RunAsync([.. render, option, value]);

        Assert.True(code == 3, string.Join('\n', errors) + lines);
        Assert.All(
            lines.Split('\n').Where(line => line.Contains("\"file\"", StringComparison.Ordinal)),
            line => Assert.Contains($"{option} ({variable})", line, StringComparison.Ordinal));

        (code, lines, errors) = await RunAsync(render, (variable, "20000"));
        Assert.True(code == 0, string.Join('\n', errors) + lines);
    }

    [Theory]
    [InlineData("webp", 16_383)]
    [InlineData("avif", 16_384)]
    [InlineData("jpeg", 65_500)]
    public async Task Render_TierBeyondWhatTheFormatHolds_IsWrongUsageThatNamesTheLimit(string format, int largest)
    {
        var (code, _, errors) = await RunAsync("render", _folder, "--out", _folder, "--kinds", $"big={largest + 1}x10", "--format", format);
        Assert.Equal(2, code);
        Assert.Contains($"{largest}x{largest}", Assert.Single(errors), StringComparison.Ordinal);

        (code, _, _) = await RunAsync("render", _folder, "--out", _folder, "--kinds", $"big={largest}x{largest}", "--format", format);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData("poster")]
    [InlineData("poster=10")]
    [InlineData("../up=10x10")]
    [InlineData("thumbnail,thumbnail=10x10")]
    public async Task Render_UnknownKind_IsWrongUsage(string kinds)
    {
        var (code, _, _) = await RunAsync("render", _folder, "--out", _folder, "--kinds", kinds);

        Assert.Equal(2, code);
    }

    [Theory]
    [InlineData("--quality", "abc")]
    [InlineData("--quality", "101")]
    [InlineData("--workers", "0")]
    [InlineData("--memory-budget", "much")]
    [InlineData("--helper-memory", "1MiB")]
    [InlineData("--nonsense")]
    [InlineData("--format", "tiff")]
    [InlineData("--format", "JPEG")]
    [InlineData("--format")]
    [InlineData("--out", "")]
    [InlineData("--max-side", "65501")]
    [InlineData("--picture-timeout", "soon")]
    public async Task Render_OptionThatCannotBe_IsWrongUsageThatNamesIt(params string[] options)
    {
        var (code, _, errors) = await RunAsync(["render", _folder, .. options[0] == "--out" ? [] : (string[])["--out", _folder], .. options]);

        Assert.Equal(2, code);
        Assert.Contains(options is ["--format", var format] ? $"'{format}'" : options[0], Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_StandardOutputThatIsFull_SaysSo()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.png"), EndToEnd.Support.Png.Gradient(40, 30, 1), TestContext.Current.CancellationToken);

        var (code, _, errors) = await StartAsync(
            "bash", ["-c", "exec dotnet \"$0\" \"$@\" > /dev/full", ProgramPath(), "render", _folder, "--out", Path.Combine(_folder, "out"), "--json"]);

        Assert.Equal(1, code);
        Assert.Contains("the report cannot be written", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_NamedPipes_AreEmptyAndWaitForNobody()
    {
        string[] pipes = [Path.Combine(_folder, "pipe.jpg"), Path.Combine(_folder, "pipe.zip")];
        using (var mkfifo = Process.Start("mkfifo", pipes))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var (code, lines, _) = await RunAsync("render", _folder, "--out", Path.Combine(_folder, "out"), "--json");

        Assert.Equal(3, code);
        Assert.Equal(2, lines.Split('\n').Count(line => line.Contains("\"class\":\"empty\"", StringComparison.Ordinal)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Name and class of failure of each picture, in the order of the names.</summary>
    private static IEnumerable<(string? Name, string? Failure)> Files(string lines) => lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(line => line.GetProperty("event").GetString() == "file")
        .Select(line => (
            Path.GetFileName(line.GetProperty("path").GetString()),
            line.GetProperty("failure") is { ValueKind: JsonValueKind.Object } failure ? failure.GetProperty("class").GetString() : null))
        .OrderBy(file => file.Item1, StringComparer.Ordinal);

    private static byte[] Entry(int tag, int value) => [(byte)tag, (byte)(tag >> 8), 3, 0, 1, 0, 0, 0, (byte)value, (byte)(value >> 8), 0, 0];
}
