using System.Buffers.Binary;
using System.Numerics;

namespace Temporalio.Common;

/// <summary>Random numbers that are the same for the same seed, everywhere and for ever: the generator PCG64-MCG
/// (XSL-RR 128/64) with the seed expansion and range sampling of the Rust crate <c>rand</c>. Not for secrets.</summary>
public class DeterministicRandom : Random
{
    // Constants of PCG (O'Neill 2014) and, for the expansion of the seed, of PCG32.
    private static readonly UInt128 Multiplier = new(0x2360ED051FC65DA4, 0x4385DF649FCCF645);
    private const ulong SeedMultiplier = 6364136223846793005;
    private const ulong SeedIncrement = 11634580027462260723;

    private UInt128 state;

    /// <summary>Begins the sequence of a seed.</summary>
    /// <param name="seed">The seed.</param>
    public DeterministicRandom(ulong seed)
    {
        UInt128 expanded = 0;
        for (var word = 0; word < 4; word++)
        {
            expanded |= (UInt128)NextSeedWord(ref seed) << (32 * word);
        }

        // An MCG needs an odd state.
        state = expanded | 1;
    }

    /// <inheritdoc/>
    public override int Next() => Next(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue) => Next(0, maxValue);

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue)
    {
        if (minValue >= maxValue)
        {
            return minValue == maxValue
                ? minValue
                : throw new ArgumentOutOfRangeException(nameof(minValue), "The minimum is greater than the maximum");
        }

        // One multiplication, and a second draw that only carries, leave a bias below 2^-32.
        var range = unchecked((uint)(maxValue - minValue));
        var product = (ulong)NextUInt32() * range;
        var offset = (uint)(product >> 32);
        var rest = (uint)product;
        if (rest > unchecked(0 - range))
        {
            var carry = (ulong)rest + (uint)(((ulong)NextUInt32() * range) >> 32);
            offset += (uint)(carry >> 32);
        }

        return unchecked(minValue + (int)offset);
    }

    /// <inheritdoc/>
    public override double NextDouble() => Sample();

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> word = stackalloc byte[8];
        while (buffer.Length > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, NextUInt64());
            var count = Math.Min(buffer.Length, 8);
            word[..count].CopyTo(buffer);
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => (NextUInt64() >> 12) * (1.0 / (1UL << 52));

    private static uint NextSeedWord(ref ulong seed)
    {
        seed = unchecked((seed * SeedMultiplier) + SeedIncrement);
        return BitOperations.RotateRight((uint)(((seed >> 18) ^ seed) >> 27), (int)(seed >> 59));
    }

    private uint NextUInt32() => (uint)NextUInt64();

    private ulong NextUInt64()
    {
        state = unchecked(state * Multiplier);
        return BitOperations.RotateRight((ulong)(state >> 64) ^ (ulong)state, (int)(state >> 122));
    }
}
