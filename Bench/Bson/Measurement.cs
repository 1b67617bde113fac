using System.Diagnostics;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace ImageLibrary.Bench.Bson;

/// <summary>Time and allocations of one operation: the best of several rounds.</summary>
internal sealed record Measurement(double EncodeNanoseconds, double EncodeBytes, double DecodeNanoseconds, double DecodeBytes)
{
    private const int Rounds = 12;
    private const int Operations = 40_000;

    public static Measurement Take()
    {
        var bytes = ImageDocument.Example.ToBson();
        var again = BsonSerializer.Deserialize<ImageDocument>(bytes);
        if (again.Derivatives.Count != 2 || !bytes.AsSpan().SequenceEqual(again.ToBson()))
        {
            throw new InvalidOperationException("The document did not come back.");
        }
        var (encodeTime, encodeBytes) = Best(() => ImageDocument.Example.ToBson());
        var (decodeTime, decodeBytes) = Best(() => BsonSerializer.Deserialize<ImageDocument>(bytes));
        return new Measurement(encodeTime, encodeBytes, decodeTime, decodeBytes);
    }

    private static (double Nanoseconds, double Bytes) Best(Func<object> operation)
    {
        var (time, allocated) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var count = 0; count < Operations; count++)
            {
                operation();
            }
            time = Math.Min(time, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Operations);
            allocated = Math.Min(allocated, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Operations);
        }
        return (time, allocated);
    }
}
