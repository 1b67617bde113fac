using System.Diagnostics;
using System.Globalization;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Tests.Archives.Support;
using Xunit;

namespace ImageLibrary.Tests.Archives;

/// <summary>
/// Damages archives at random. Whatever is done to one, reading it ends in time with entries or with a failure that has a
/// class; nothing else may escape, least of all the process. IMAGELIBRARY_FUZZ_SECONDS goes on for so long, shared by the
/// kinds, and IMAGELIBRARY_FUZZ_SEED repeats a finding.
/// </summary>
public sealed class ArchiveFuzzTests : IDisposable
{
    private static readonly bool All = Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") == "1";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // Null where a number of rounds is enough.
    private static readonly TimeSpan? SecondsEach = Environment.GetEnvironmentVariable("IMAGELIBRARY_FUZZ_SECONDS") is { } all
        ? TimeSpan.FromSeconds(double.Parse(all, CultureInfo.InvariantCulture) / Kinds.Count)
        : All ? TimeSpan.FromSeconds(40) : null;

    private readonly ArchiveFolder _folder = new();
    private readonly ArchiveOpener _opener = new(new ArchiveLimits
    {
        MaxEntries = 1000,
        MaxEntryBytes = 64 << 20,
        MaxTotalBytes = 256 << 20,
        RatioFreeBytes = 16 << 20,
    });

    public static TheoryData<string> Kinds => ["zip", "rar4", "rar5", "7z", "tar", "tar.gz", "tar.bz2", "tar.xz"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_DamagedAtRandom_EndsWithEntriesOrAClass(string kind)
    {
        var begin = Environment.GetEnvironmentVariable("IMAGELIBRARY_FUZZ_SEED");
        var seed = begin is not null ? int.Parse(begin, CultureInfo.InvariantCulture) : SecondsEach is null ? 1 : Environment.TickCount;
        var random = new Random(seed);
        var original = File.ReadAllBytes(_folder.Create(
            kind, ("a/1.jpg", Noise(random, 3000)), ("a/2.jpg", new byte[5000]), ("b/3.png", Noise(random, 10)), ("b/日本.jpg", Noise(random, 700))));

        // A crash of the process leaves this file behind.
        var path = Path.Combine(_folder.Path, $"case.{kind}");
        var clock = Stopwatch.StartNew();
        for (var round = 0; SecondsEach is { } seconds ? clock.Elapsed < seconds : round < 150; round++)
        {
            var damaged = Damage(random, original);
            if (round % 2 == 0)
            {
                ArchiveChecksums.Repair(kind, damaged);
            }

            File.WriteAllBytes(path, damaged);
            var started = Stopwatch.GetTimestamp();

            Read(path);

            Assert.True(Stopwatch.GetElapsedTime(started) < Longest, $"Seed {seed}, round {round} took too long.");
        }
    }

    [Fact]
    public void Read_RarWithTheLargestNumberAtEachPlace_EndsWithEntriesOrAClass()
    {
        var original = File.ReadAllBytes(_folder.Create("rar5", ("1.jpg", [1]), ("2.jpg", [])));
        var path = Path.Combine(_folder.Path, "case.rar5");
        // The largest, and some to which no more than the length of a header can be added.
        foreach (var lowest in new byte[] { 0xFF, 0xF3, 0xD7 })
        {
            byte[] number = [lowest, .. Enumerable.Repeat((byte)0xFF, 7), 0x7F];
            for (var at = 8; at < original.Length; at++)
            {
                byte[] damaged = [.. original[..at], .. number, .. original[Math.Min(original.Length, at + number.Length)..]];
                File.WriteAllBytes(path, damaged);
                Read(path);
                ArchiveChecksums.Repair("rar5", damaged);
                File.WriteAllBytes(path, damaged);
                Read(path);
            }
        }
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Damage(Random random, byte[] original)
    {
        var file = original.ToArray();
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(file.Length);
            switch (random.Next(6))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    file.AsSpan(at, Math.Min(random.Next(1, 9), file.Length - at)).Fill(random.Next(2) == 0 ? (byte)0xFF : (byte)0);
                    break;
                case 3:
                    file = file[..Math.Min(file.Length, Math.Max(at, 16))];
                    break;
                case 4:
                    file = [.. file[..at], .. file[random.Next(file.Length)..]];
                    break;
                default:
                    var length = Math.Min(random.Next(64), Math.Min(file.Length - at, file.Length / 2));
                    file.AsSpan(random.Next(file.Length - length), length).CopyTo(file.AsSpan(at));
                    break;
            }

            if (file.Length == 0)
            {
                return [0];
            }
        }

        return file;
    }

    private void Read(string path)
    {
        try
        {
            using var archive = _opener.Open(path);
            foreach (var entry in archive.Entries.Where(entry => entry.Failure is null))
            {
                ReadEntry(() => archive.OpenEntry(entry));
            }

            using var pass = _opener.OpenPass(path);
            while (pass.Next() is { Failure: null })
            {
                ReadEntry(pass.OpenCurrent);
            }
        }
        catch (SourceException e)
        {
            Assert.NotEmpty(e.Failure.Message);
        }
    }

    private static void ReadEntry(Func<Stream> open)
    {
        try
        {
            using var stream = open();
            stream.CopyTo(Stream.Null);
        }
        catch (SourceException e)
        {
            Assert.NotEmpty(e.Failure.Message);
        }
    }
}
