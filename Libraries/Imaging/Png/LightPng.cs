using System.IO.Compression;
using System.Runtime.InteropServices;
using ImageLibrary.Imaging.Metadata;

namespace ImageLibrary.Imaging.Png;

/// <summary>
/// A copy of a PNG without what only weighs. libpng unpacks and keeps every text before the picture's data, up to 50 MB each of a
/// hundred, when it opens a file. Source: W3C, Portable Network Graphics, third edition.
/// </summary>
internal sealed unsafe class LightPng : IDisposable
{
    private const int SignatureLength = 8;

    /// <summary>Bytes behind the head that are enough to open a file.</summary>
    private const int Opening = 64;

    // What deflate makes of a byte at most.
    private const long MostUnpacked = 1032;

    private const long MostText = 1 << 20;
    private const int MostOfOthers = 1 << 20;

    private LightPng(ReadOnlySpan<byte> head, ReadOnlySpan<byte> data)
    {
        Length = head.Length + data.Length;
        Pointer = (byte*)NativeMemory.Alloc((nuint)Length);
        head.CopyTo(new Span<byte>(Pointer, head.Length));
        data.CopyTo(new Span<byte>(Pointer + head.Length, data.Length));
    }

    internal byte* Pointer { get; private set; }

    internal int Length { get; }

    /// <summary>What is needed to open a file, where it is heavy.</summary>
    /// <param name="file">The whole file, from its signature on.</param>
    /// <returns>Null for all other files, which can be opened as they are.</returns>
    internal static byte[]? ToOpen(ReadOnlySpan<byte> file) =>
        IsHeavy(file) ? [.. Head(file, out var data), .. file.Slice(data, Math.Min(Opening, file.Length - data))] : null;

    /// <summary>The copy of a file that is heavy.</summary>
    /// <param name="file">The whole file, from its signature on.</param>
    /// <returns>Null for all other files.</returns>
    internal static LightPng? Of(ReadOnlySpan<byte> file)
    {
        if (!IsHeavy(file))
        {
            return null;
        }

        var head = Head(file, out var data);
        return new LightPng(CollectionsMarshal.AsSpan(head), file[data..]);
    }

    public void Dispose()
    {
        NativeMemory.Free(Pointer);
        Pointer = null;
    }

    private static bool IsHeavy(ReadOnlySpan<byte> file)
    {
        var text = 0L;
        var position = SignatureLength;
        while (TryReadBeforeData(file, position, out var type, out var body))
        {
            text += type switch
            {
                [(byte)'t', (byte)'E', (byte)'X', (byte)'t'] or [(byte)'s', (byte)'P', (byte)'L', (byte)'T'] => body.Length,
                [(byte)'z', (byte)'T', (byte)'X', (byte)'t'] => body.Length * MostUnpacked,
                [(byte)'i', (byte)'T', (byte)'X', (byte)'t'] => body.Length * (IsPacked(body) ? MostUnpacked : 1),
                _ => 0,
            };
            if (text > MostText || IsExcessive(type, body))
            {
                return true;
            }

            position += PngHeader.ChunkOverhead + body.Length;
        }

        return false;
    }

    /// <summary>The signature, and the first chunk of each kind before the picture's data that tells how it is shown.</summary>
    private static List<byte> Head(ReadOnlySpan<byte> file, out int data)
    {
        var head = new List<byte>();
        head.AddRange(file[..SignatureLength]);
        var kept = new HashSet<uint>();
        var position = SignatureLength;
        while (TryReadBeforeData(file, position, out var type, out var body))
        {
            var length = PngHeader.ChunkOverhead + body.Length;
            if (Tells(type) && !IsExcessive(type, body) && kept.Add(MemoryMarshal.Read<uint>(type)))
            {
                head.AddRange(file.Slice(position, length));
            }

            position += length;
        }

        data = position;
        return head;
    }

    private static bool TryReadBeforeData(ReadOnlySpan<byte> file, int position, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> body) =>
        PngHeader.TryReadChunk(file, position, out type, out body) && !type.SequenceEqual("IDAT"u8) && !type.SequenceEqual("IEND"u8);

    private static bool Tells(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("tRNS"u8) || type.SequenceEqual("bKGD"u8)
        || type.SequenceEqual("iCCP"u8) || type.SequenceEqual("sRGB"u8) || type.SequenceEqual("gAMA"u8) || type.SequenceEqual("cHRM"u8)
        || type.SequenceEqual("cICP"u8) || type.SequenceEqual("sBIT"u8) || type.SequenceEqual("eXIf"u8);

    private static bool IsExcessive(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body) => type.SequenceEqual("iCCP"u8)
        ? body.Length * MostUnpacked > ColourProfile.MostBytes && UnpacksBeyond(body, ColourProfile.MostBytes)
        : body.Length > MostOfOthers && Tells(type);

    /// <summary>Behind the keyword, a byte tells.</summary>
    private static bool IsPacked(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)0);
        return end < 0 || end + 1 >= body.Length || body[end + 1] != 0;
    }

    /// <summary>Behind the name and the number of the method lies a stream of zlib.</summary>
    private static bool UnpacksBeyond(ReadOnlySpan<byte> body, int most)
    {
        const int Method = 2;
        var start = body.IndexOf((byte)0) + Method;
        if (start < Method || start >= body.Length)
        {
            return false;
        }

        fixed (byte* packed = body[start..])
        {
            using var stream = new UnmanagedMemoryStream(packed, body.Length - start);
            using var zlib = new ZLibStream(stream, CompressionMode.Decompress);
            Span<byte> block = stackalloc byte[4096];
            var left = most;
            try
            {
                while (left >= 0 && zlib.Read(block) is > 0 and var read)
                {
                    left -= read;
                }
            }
            catch (InvalidDataException)
            {
                // As far as it goes.
            }

            return left < 0;
        }
    }
}
