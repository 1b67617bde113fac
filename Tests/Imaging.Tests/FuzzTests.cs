using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Imaging.Planes;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>
/// Mutates undamaged files at random, each by a seed of its own, so that a finding can be repeated. Runs for a moment, or
/// for as many seconds as IMAGELIBRARY_FUZZ_SECONDS says; then the seed in work is kept in a file, in case a codec ends
/// the process. IMAGELIBRARY_FUZZ_SEED begins with that seed.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests
{
    private static readonly byte[] Telling = [0x00, 0x01, 0x7F, 0x80, 0xD8, 0xD9, 0xDA, 0xFE, 0xFF];

    // Small limits keep pictures that lie about their size quick, and put the limits themselves to the test.
    private readonly ImageRenderer _renderer = new(new RenderLimits { MaxPixels = 4_000_000, MaxMultiScanPixels = 2_000_000 });
    private readonly List<byte[]> _originals =
    [
        .. BadInput.Originals().Select(item => item.File),
        .. TestRaw.All(TestPicture.Encode(48, 40, 3, "jpegsave_buffer")).Select(item => item.File),
        TestPicture.Encode(64, 48, 1, "jpegsave_buffer"),
        TestPicture.Encode(64, 48, 3, "pngsave_buffer", save => save.Set("filter", 0xF8)),
        TestPicture.Encode(64, 48, 4, "pngsave_buffer", save => save.Set("filter", 0xF8)),
        TestPicture.Encode(64, 48, 1, "pngsave_buffer", save => save.Set("bitdepth", 2)),
        TestBmp.Encode(64, 48, 4),
        TestBmp.Pack(TestBmp.Encode(64, 48, 4)),
        TestBmp.Pack(TestBmp.Encode(64, 48, 8)),
        TestBmp.Encode(64, 48, 16, fields: (0xF800, 0x7E0, 0x1F, 0)),
        TestBmp.Encode(64, 48, 32, fields: (0xFF0000, 0xFF00, 0xFF, 0xFF000000)),
        TestPicture.Encode(64, 48, 4, "pngsave_buffer", save => save.Set("interlace", 1)),
        TestPicture.Encode(64, 48, 3, "pngsave_buffer", save => save.Set("palette", 1)),
        TestPicture.Encode(64, 48, 4, "webpsave_buffer", save => save.Set("lossless", 1)),
        TestPicture.Encode(64, 96, 4, "webpsave_buffer", metadata: image => image.SetInteger("page-height", 32)),
        TestPicture.Encode(64, 96, 3, "gifsave_buffer", metadata: image => image.SetInteger("page-height", 32)),
        TestPicture.Encode(64, 48, 3, "tiffsave_buffer", save => save.Set("compression", 5).Set("tile", 1)),
        TestPicture.Encode(64, 48, 3, "jpegsave_buffer", save => save.Set("interlace", 1).Set("restart_interval", 2)),
        TestPicture.WithProfile(TestPicture.Encode(64, 48, 3, "jpegsave_buffer"), "p3"),
        BadJpegs.LongestSymbols(700, 10),
        .. Enumerable.Range(0, 4).Select(seed => HandmadeJpeg.Create(70, 50, new ChromaSampling(1 + seed / 2, 1 + seed % 2), seed)),
        .. Enumerable.Range(0, 4).Select(seed => HandmadeProgressiveJpeg.Create(70, 50, seed == 0 ? null : new ChromaSampling(1 + seed / 2, 1 + seed % 2), seed)),
        TestPicture.Turned(TestPicture.Encode(64, 48, 3, "jpegsave_buffer"), 6),
    ];

    [Fact]
    public void Render_MutatedFile_IsShownOrFailsWithItsSentence()
    {
        var seconds = Environment.GetEnvironmentVariable("IMAGELIBRARY_FUZZ_SECONDS");
        var note = seconds is null ? null : Path.Combine(Path.GetTempPath(), "imagelibrary-fuzz-seed");
        var begin = Environment.GetEnvironmentVariable("IMAGELIBRARY_FUZZ_SEED");
        var first = begin is not null ? int.Parse(begin, CultureInfo.InvariantCulture) : seconds is null ? 0 : Environment.TickCount;
        var duration = TimeSpan.FromSeconds(double.Parse(seconds ?? "2", CultureInfo.InvariantCulture));
        var watch = Stopwatch.StartNew();
        for (var seed = first; watch.Elapsed < duration || seed - first < 100; seed++)
        {
            if (note is not null)
            {
                File.WriteAllText(note, seed.ToString(CultureInfo.InvariantCulture));
            }

            Try(seed);
        }
    }

    private void Try(int seed)
    {
        var random = new Random(seed);
        var file = Mutate(random);
        IReadOnlyList<DerivativeSpec> specs = random.Next(3) switch
        {
            0 => [DerivativeSpec.Defaults[0]],
            1 => [new DerivativeSpec("tiny", 6, 6, "jpeg", 80)],
            _ => DerivativeSpec.Defaults,
        };
        var before = Environment.CpuUsage.TotalTime;
        var limit = BadInputTests.Refusal;
        try
        {
            using var result = _renderer.Render(file, specs, TestContext.Current.CancellationToken);
            Assert.All(result.Derivatives, derivative => Assert.NotNull(_renderer.Inspect(derivative.Content.Memory.Span)));
            limit = BadInputTests.Deadline;
        }
        catch (SourceException e)
        {
            BadInputTests.AssertSentence($"seed {seed}", e.Failure);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"seed {seed}: {e}");
        }

        var spent = Environment.CpuUsage.TotalTime - before;
        Assert.True(spent < limit, $"seed {seed} took {spent}");
        Assert.True(_renderer.RentedBytes == 0, $"seed {seed} leaks");
    }

    private byte[] Mutate(Random random)
    {
        var file = _originals[random.Next(_originals.Count)].ToList();
        for (var change = random.Next(1, 9); change > 0 && file.Count > 8; change--)
        {
            // Headers tell decoders what to do, so they are hit more often.
            var at = random.Next(random.Next(2) == 0 ? Math.Min(file.Count, 700) : file.Count);
            var length = Math.Min(random.Next(1, 40), file.Count - at);
            switch (random.Next(8))
            {
                case 0:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file[at] = Telling[random.Next(Telling.Length)];
                    break;
                case 2:
                    file.RemoveRange(at, length);
                    break;
                case 3:
                    file.InsertRange(at, file.GetRange(random.Next(file.Count - length + 1), length));
                    break;
                case 4:
                    file.RemoveRange(file.Count - length, length);
                    break;
                case 5:
                    var other = _originals[random.Next(_originals.Count)];
                    var start = random.Next(other.Length);
                    file.InsertRange(at, other.Skip(start).Take(random.Next(1, 600)));
                    break;
                case 6:
                    SetNumber(file, at, random);
                    break;
                default:
                    for (var i = at; i < at + length; i++)
                    {
                        file[i] = (byte)random.Next(256);
                    }

                    break;
            }
        }

        return [.. file];
    }

    private static void SetNumber(List<byte> file, int at, Random random)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, random.Next(6) switch
        {
            0 => -1,
            1 => int.MaxValue,
            2 => file.Count + random.Next(-8, 8),
            3 => random.Next(70_000),
            4 => 0,
            _ => random.Next(),
        });
        if (random.Next(2) == 0)
        {
            Array.Reverse(number);
        }

        for (var i = 0; i < number.Length && at + i < file.Count; i++)
        {
            file[at + i] = number[i];
        }
    }
}
