using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>Decodes the DC coefficients of a scan that has the others too, and steps over those. Source: ITU-T T.81, annex F.</summary>
internal sealed unsafe class BaselineDcScan(DcScanComponent[] components) : IUnitDecoder
{
    private const int LookShift = 64 - AcRuns.LookBits;
    private const int MostDcBits = 27;
    private const int RunsOfAFill = EntropyReader.FilledBits / AcRuns.MostBits;
    private const int RunsBehindDc = (EntropyReader.FilledBits - MostDcBits) / AcRuns.MostBits;

    private readonly DcBlock[] _blocks = DcBlock.Of(components);
    private readonly int[] _predictions = new int[components.Length];

    /// <inheritdoc/>
    public void Restart() => Array.Clear(_predictions);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryDecodeUnit(ref EntropyReader reader, int x, int y)
    {
        // A copy that lives in registers: nothing that is called has its address.
        var next = reader;
        foreach (ref readonly var block in _blocks.AsSpan())
        {
            ref var runs = ref MemoryMarshal.GetArrayDataReference(block.Part.Runs!.Packed);
            next.Fill();
            var difference = block.Part.Dc.Find(next.Bits);
            if (!DcScanComponent.IsDifference(difference))
            {
                return false;
            }

            ref var prediction = ref _predictions[block.Number];
            prediction += difference.Value(next.Bits);
            *block.At(x, y) = (short)prediction;
            next.Skip(difference.Bits);
            var index = 1;
            var looks = RunsBehindDc;
            while (true)
            {
                // Only the shift and the load depend on the run before.
                var run = Unsafe.Add(ref runs, (nint)(next.Bits >> LookShift));
                var passed = index + AcRuns.Passed(run);
                if (passed < AcRuns.Coefficients)
                {
                    next.SkipPacked(run);
                    index = passed;
                    looks--;
                }
                else if (AcRuns.EndsWithin(passed))
                {
                    next.SkipPacked(run);
                    break;
                }
                else
                {
                    // A run that leaves the block, or none at all: one symbol.
                    reader = next;
                    index = SkipSymbol(ref reader, block.Part.Ac!, index);
                    next = reader;
                    if (index >= AcRuns.Coefficients)
                    {
                        if (!AcRuns.EndsWithin(index))
                        {
                            return false;
                        }

                        break;
                    }

                    looks = 0;
                }

                if (looks == 0)
                {
                    next.Fill();
                    looks = RunsOfAFill;
                }
            }
        }

        reader = next;
        return true;
    }

    /// <summary>Skips one symbol, however long it is.</summary>
    /// <returns>The index behind it; one without an end beyond the block when there is no such symbol.</returns>
    private static int SkipSymbol(ref EntropyReader reader, HuffmanTable table, int index)
    {
        reader.Fill();
        var step = table.Find(reader.Bits);
        reader.Skip(step.Bits);
        var passed = step.Bits == 0 ? 0 : AcRuns.SymbolPasses(step.Symbol);
        return passed == 0 ? int.MaxValue : index + passed;
    }
}
