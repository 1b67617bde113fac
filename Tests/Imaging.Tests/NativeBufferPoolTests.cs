using CsCheck;
using ImageLibrary.Imaging.Buffers;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed unsafe class NativeBufferPoolTests
{
    [Fact]
    public void Rent_AnySizesInAnyOrder_BuffersNeverOverlapAndAllReturn() =>
        Gen.Int[1, 5_000_000].Array[1, 30].Sample(sizes =>
        {
            var pool = new NativeBufferPool(8 << 20);
            var rented = new List<(NativeBuffer Buffer, byte Mark)>();
            foreach (var (number, size) in sizes.Index())
            {
                if (rented.Count > 3)
                {
                    Return(rented, size % rented.Count);
                }

                var buffer = pool.Rent((nuint)size);
                buffer.Span(size).Fill((byte)number);
                rented.Add((buffer, (byte)number));
            }

            while (rented.Count > 0)
            {
                Return(rented, 0);
            }

            Assert.Equal(0, pool.RentedBytes);
        }, iter: 20);

    [Fact]
    public void Rent_AfterALargerOneWasReturned_UsesItsMemory()
    {
        var pool = new NativeBufferPool(8 << 20);
        var first = pool.Rent(1_500_000);
        var memory = first.Pointer;
        first.Dispose();

        using var second = pool.Rent(1_000_000);

        Assert.True(memory == second.Pointer);
    }

    private static void Return(List<(NativeBuffer Buffer, byte Mark)> rented, int index)
    {
        var (buffer, mark) = rented[index];
        Assert.Equal(mark, *buffer.Pointer);
        buffer.Dispose();
        rented.RemoveAt(index);
    }
}
