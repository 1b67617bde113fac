using System.Buffers.Binary;
using System.Text.Json;
using ImageLibrary.Core;

namespace ImageLibrary.Worker.Isolation;

/// <summary>
/// What passes through the pipes between a worker and its helper: a message is its length as 32 bits, lowest byte first,
/// and JSON; bytes of files follow bare, their lengths are in the message.
/// </summary>
internal static class HelperMessages
{
    private const int MaxLength = 1 << 20;

    /// <summary>Writes a message.</summary>
    internal static void Write<T>(Stream stream, T message)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        stream.Write(length);
        stream.Write(json);
        stream.Flush();
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="EndOfStreamException">The other side is gone.</exception>
    /// <exception cref="InvalidDataException">It is no message.</exception>
    internal static T Read<T>(Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        stream.ReadExactly(length);
        var bytes = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (bytes is < 0 or > MaxLength)
        {
            throw new InvalidDataException("The other side sent no message.");
        }
        var json = new byte[bytes];
        stream.ReadExactly(json);
        try
        {
            return JsonSerializer.Deserialize<T>(json) ?? throw new InvalidDataException("The other side sent an empty message.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("The other side sent no message.", exception);
        }
    }
}

/// <summary>A picture to look at; its bytes follow.</summary>
/// <param name="SourceLength">Bytes of the file.</param>
/// <param name="Specs">The derivatives.</param>
internal sealed record HelperRequest(long SourceLength, IReadOnlyList<DerivativeSpec> Specs);

/// <summary>What the header tells, or why there will be nothing.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="Failure">Why the picture cannot be shown.</param>
internal sealed record HelperEstimate(SourceEstimate? Estimate, ImageFailure? Failure);

/// <summary>Whether to go on after the estimate.</summary>
/// <param name="Render">Decode and encode; else forget the picture.</param>
internal sealed record HelperDecision(bool Render);

/// <summary>The derivatives, whose bytes follow, or why there are none.</summary>
internal sealed record HelperResult
{
    /// <summary>Why the picture cannot be shown.</summary>
    public ImageFailure? Failure { get; init; }

    /// <summary>Facts of the source.</summary>
    public SourceFacts? Facts { get; init; }

    /// <summary>Placeholder.</summary>
    public byte[] Thumbhash { get; init; } = [];

    /// <summary>The source is damaged.</summary>
    public bool Damaged { get; init; }

    /// <summary>In the order of the request.</summary>
    public IReadOnlyList<HelperDerivative> Derivatives { get; init; } = [];
}

/// <summary>A derivative.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Facts">Size, format and quality.</param>
/// <param name="MatchesSource">The source file shows the same.</param>
/// <param name="Length">Bytes of the file.</param>
internal sealed record HelperDerivative(string Kind, DerivativeFacts Facts, bool MatchesSource, int Length);
