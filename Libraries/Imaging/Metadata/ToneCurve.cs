using System.Buffers.Binary;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>From a signal to light, both 0 to 1: a curve of a colour profile. Source: ICC.1:2022, 10.6 and 10.18.</summary>
internal sealed class ToneCurve
{
    private const int TableStart = 12;

    // As many as others take; a table is read before any memory is granted for the picture.
    private const int LongestTable = 32_767;

    // How many parameters each function has, after the gamma.
    private static ReadOnlySpan<byte> Parameters => [0, 2, 3, 4, 6];

    private readonly ushort[] _table;
    private readonly double _gamma;
    private readonly double _a = 1;
    private readonly double _b;
    private readonly double _c;
    private readonly double _from = double.NegativeInfinity;
    private readonly double _above;
    private readonly double _below;

    private ToneCurve(ushort[] table, double gamma)
    {
        _table = table;
        _gamma = gamma;
    }

    private ToneCurve(int function, ReadOnlySpan<double> parameters)
        : this([], parameters[0])
    {
        if (function == 0)
        {
            return;
        }

        (_a, _b) = (parameters[1], parameters[2]);
        switch (function)
        {
            case 1:
                _from = ZeroAt(_a, _b);
                break;
            case 2:
                _from = ZeroAt(_a, _b);
                (_above, _below) = (parameters[3], parameters[3]);
                break;
            default:
                (_c, _from) = (parameters[3], parameters[4]);
                (_above, _below) = function == 4 ? (parameters[5], parameters[6]) : (0, 0);
                break;
        }
    }

    /// <summary>Whether it is nothing but a power.</summary>
    internal bool IsPower => _table.Length == 0 && double.IsNegativeInfinity(_from);

    /// <summary>Reads a tag of type <c>curv</c> or <c>para</c>; null of another, or when it is cut short.</summary>
    internal static ToneCurve? Read(ReadOnlySpan<byte> tag)
    {
        if (tag.Length < TableStart)
        {
            return null;
        }

        if (tag.StartsWith("curv"u8))
        {
            return ReadTable(tag[TableStart..], BinaryPrimitives.ReadUInt32BigEndian(tag[8..]));
        }

        int function = BinaryPrimitives.ReadUInt16BigEndian(tag[8..]);
        if (!tag.StartsWith("para"u8) || function >= Parameters.Length || tag.Length < TableStart + 4 * (1 + Parameters[function]))
        {
            return null;
        }

        var parameters = new double[1 + Parameters[function]];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = ProfileTags.Fixed(tag[(TableStart + 4 * i)..]);
        }

        return new ToneCurve(function, parameters);
    }

    /// <summary>The light of a signal, 0 to 1, also where the curve leaves that range or has no value.</summary>
    internal double Evaluate(double signal)
    {
        var light = _table.Length > 0 ? Interpolate(signal)
            : signal >= _from ? Math.Pow(Math.Max(0, _a * signal + _b), _gamma) + _above
            : _c * signal + _below;
        return light >= 0 ? Math.Min(light, 1) : 0;
    }

    private static double ZeroAt(double a, double b) => a == 0 ? double.PositiveInfinity : -b / a;

    private static ToneCurve? ReadTable(ReadOnlySpan<byte> body, uint count)
    {
        if (count > LongestTable || body.Length < 2 * count)
        {
            return null;
        }

        if (count <= 1)
        {
            return new ToneCurve([], count == 0 ? 1 : BinaryPrimitives.ReadUInt16BigEndian(body) / 256.0);
        }

        var table = new ushort[count];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = BinaryPrimitives.ReadUInt16BigEndian(body[(2 * i)..]);
        }

        return new ToneCurve(table, gamma: 1);
    }

    private double Interpolate(double signal)
    {
        var place = signal * (_table.Length - 1);
        var index = Math.Min((int)place, _table.Length - 2);
        return (_table[index] + (place - index) * (_table[index + 1] - _table[index])) / ushort.MaxValue;
    }
}
