using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>The seed of a run's random numbers: SipHash-1-3 with zero keys over the bytes of the run id and 0xFF, as the
/// common core of the official SDKs computes it.</summary>
internal static class RandomSeed
{
    public static ulong Of(string runId)
    {
        var data = new byte[Encoding.UTF8.GetByteCount(runId) + 1];
        Encoding.UTF8.GetBytes(runId, data);
        data[^1] = 0xff;
        var hash = new State();
        var position = 0;
        for (; position + 8 <= data.Length; position += 8)
        {
            hash.Add(BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(position)));
        }

        Span<byte> last = stackalloc byte[8];
        last.Clear();
        data.AsSpan(position).CopyTo(last);
        last[7] = (byte)data.Length;
        hash.Add(BinaryPrimitives.ReadUInt64LittleEndian(last));
        return hash.Finish();
    }

    private sealed class State
    {
        private ulong v0 = 0x736f6d6570736575;
        private ulong v1 = 0x646f72616e646f6d;
        private ulong v2 = 0x6c7967656e657261;
        private ulong v3 = 0x7465646279746573;

        public void Add(ulong word)
        {
            v3 ^= word;
            Round();
            v0 ^= word;
        }

        public ulong Finish()
        {
            v2 ^= 0xff;
            Round();
            Round();
            Round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void Round()
        {
            unchecked
            {
                v0 += v1;
                v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
                v0 = BitOperations.RotateLeft(v0, 32);
                v2 += v3;
                v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
                v2 = BitOperations.RotateLeft(v2, 32);
            }
        }
    }
}
