using System.Buffers.Binary;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>What the marker segments before the first scan tell. Source: ITU-T T.81, annex B.</summary>
internal sealed record JpegHeader
{
    private const byte MarkerStartOfImage = 0xD8;
    private const byte MarkerStartOfScan = 0xDA;
    private const byte MarkerQuantisation = 0xDB;
    private const byte MarkerApp1 = 0xE1;
    private const byte MarkerApp2 = 0xE2;

    internal int Width { get; private init; }

    internal int Height { get; private init; }

    /// <summary>1 gray, 3 colours, 4 inks.</summary>
    internal int Components { get; private init; }

    /// <summary>Bits a sample.</summary>
    internal int Precision { get; private init; }

    /// <summary>How many pixels a sample of the first plane of chroma covers; one where that is not known.</summary>
    internal ChromaSampling Sampling { get; private init; } = ChromaSampling.Full;

    /// <summary>
    /// Whether decoders keep the coefficients of the whole picture until its end: it is progressive, or its first scan has
    /// only some of the components. So it is taken to be where the first scan is not found.
    /// </summary>
    internal bool KeepsCoefficients { get; private init; }

    /// <summary>Whether it is coded arithmetically, which browsers cannot show.</summary>
    internal bool IsArithmetic { get; private init; }

    /// <summary>Lossless and hierarchical processes, which no common decoder reads.</summary>
    internal bool UnusualProcess { get; private init; }

    /// <summary>Estimated encoder quality by the scale of the IJG tables, 1 to 100; null without tables.</summary>
    internal int? Quality { get; private init; }

    internal ExifFacts Exif { get; private init; } = ExifFacts.None;

    /// <summary>The embedded colour profile; empty when absent, incomplete or larger than <see cref="ColourProfile.MostBytes"/>.</summary>
    internal byte[] Profile { get; private init; } = [];

    /// <summary>Bytes before the first scan.</summary>
    internal int Length { get; private init; }

    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>Null when no frame header comes before the data ends or stops making sense.</returns>
    internal static JpegHeader? Read(ReadOnlySpan<byte> file) => Read(file, out _);

    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="walked">Bytes gone through.</param>
    /// <returns>Null when no frame header comes before the data ends or stops making sense.</returns>
    internal static JpegHeader? Read(ReadOnlySpan<byte> file, out int walked)
    {
        walked = 0;
        if (file.Length < 4 || file[0] != 0xFF || file[1] != MarkerStartOfImage)
        {
            return null;
        }

        var exif = ExifFacts.None;
        var profile = new SortedDictionary<int, byte[]>();
        var profileParts = 0;
        var profileBytes = 0;
        int? quality = null;
        JpegHeader? frame = null;
        var progressive = false;
        var position = 2;
        while (TryNextSegment(file, ref position, out var marker, out var body))
        {
            switch (marker)
            {
                case MarkerApp1 when body.StartsWith("Exif\0\0"u8) && exif == ExifFacts.None:
                    exif = ExifFacts.Read(body[6..]);
                    break;
                case MarkerApp2 when body.Length > 14 && body.StartsWith("ICC_PROFILE\0"u8):
                    profileBytes = Math.Min(ColourProfile.MostBytes, profileBytes + body.Length - 14);
                    profileParts = body[13];
                    if (profileBytes < ColourProfile.MostBytes)
                    {
                        profile[body[12]] = body[14..].ToArray();
                    }

                    break;
                case MarkerQuantisation:
                    quality ??= EstimateQuality(body);
                    break;
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) when frame is null && body.Length >= 6:
                    progressive = marker is 0xC2 or 0xCA;
                    frame = new JpegHeader
                    {
                        Precision = body[0],
                        Height = BinaryPrimitives.ReadUInt16BigEndian(body[1..]),
                        Width = BinaryPrimitives.ReadUInt16BigEndian(body[3..]),
                        Components = body[5],
                        Sampling = body.Length >= 11
                            ? new ChromaSampling(Step(body[7] >> 4, body[10] >> 4), Step(body[7] & 15, body[10] & 15))
                            : ChromaSampling.Full,
                        IsArithmetic = marker is 0xC9 or 0xCA,
                        UnusualProcess = marker is not (0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA),
                    };
                    break;
            }
        }

        walked = position;
        return frame is null ? null : frame with
        {
            Exif = exif,
            Quality = quality,
            Length = position,
            KeepsCoefficients = progressive || ComponentsOfScan(file, position) < frame.Components,
            Profile = profile.Count == profileParts ? [.. profile.Values.SelectMany(part => part)] : [],
        };
    }

    private static int Step(int luma, int chroma) => Math.Max(1, luma / Math.Max(1, chroma));

    /// <summary>Moves behind the next segment; false at the first scan, the end, or nonsense, and stays at its marker.</summary>
    private static bool TryNextSegment(ReadOnlySpan<byte> file, ref int position, out byte marker, out ReadOnlySpan<byte> body)
    {
        if (!JpegSegments.TryNext(file, ref position, out marker, out body))
        {
            return false;
        }

        if (marker != MarkerStartOfScan)
        {
            return true;
        }

        position -= 4 + body.Length;
        return false;
    }

    /// <summary>0 when no scan begins here.</summary>
    private static int ComponentsOfScan(ReadOnlySpan<byte> file, int position)
    {
        var at = position + Math.Max(0, file[position..].IndexOfAnyExcept((byte)0xFF));
        return at > position && at + 3 < file.Length && file[at] == MarkerStartOfScan ? file[at + 3] : 0;
    }

    private static int? EstimateQuality(ReadOnlySpan<byte> body)
    {
        // The sum of the IJG luma table at scale 100 (T.81, table K.1); sums are steadier than single entries.
        const int StandardSum = 3688;
        if (body.Length < 65 || (body[0] & 0x0F) != 0)
        {
            return null;
        }

        var wide = body[0] >> 4 != 0;
        if (wide && body.Length < 129)
        {
            return null;
        }

        var sum = 0;
        for (var i = 0; i < 64; i++)
        {
            sum += wide ? BinaryPrimitives.ReadUInt16BigEndian(body[(1 + 2 * i)..]) : body[1 + i];
        }

        if (sum <= 64)
        {
            return 100;
        }

        var scale = 100.0 * sum / StandardSum;
        var quality = scale <= 100 ? (200 - scale) / 2 : 5000 / scale;
        return Math.Clamp((int)Math.Round(quality), 1, 100);
    }
}
