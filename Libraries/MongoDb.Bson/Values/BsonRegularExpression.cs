using System.Text.RegularExpressions;


namespace MongoDB.Bson;

/// <summary>A regular expression of the server (PCRE).</summary>
public class BsonRegularExpression : BsonValue, IComparable<BsonRegularExpression>, IEquatable<BsonRegularExpression>
{
    private readonly string _pattern;
    private readonly string _options;

    /// <summary>A pattern, or a pattern between slashes with options behind them.</summary>
    public BsonRegularExpression(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var end = pattern.Length > 1 && pattern[0] == '/' ? pattern.LastIndexOf('/') : 0;
        (_pattern, _options) = end > 0
            ? (Unescaped(pattern[1..end]), Sorted(pattern[(end + 1)..]))
            : (pattern, string.Empty);
    }

    public BsonRegularExpression(string pattern, string options)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        _pattern = pattern;
        _options = Sorted(options ?? string.Empty);
    }

    /// <summary>Takes over the pattern and the options that the server knows: i, m, s and x.</summary>
    public BsonRegularExpression(Regex regex)
    {
        ArgumentNullException.ThrowIfNull(regex);
        _pattern = regex.ToString();
        var options = string.Empty;
        options += regex.Options.HasFlag(RegexOptions.IgnoreCase) ? "i" : "";
        options += regex.Options.HasFlag(RegexOptions.Multiline) ? "m" : "";
        options += regex.Options.HasFlag(RegexOptions.Singleline) ? "s" : "";
        options += regex.Options.HasFlag(RegexOptions.IgnorePatternWhitespace) ? "x" : "";
        _options = options;
    }

    public override BsonType BsonType => BsonType.RegularExpression;

    public string Pattern => _pattern;

    /// <summary>Letters, in alphabetical order.</summary>
    public string Options => _options;

    /// <exception cref="NotSupportedException">An option that .NET does not have.</exception>
    public Regex ToRegex()
    {
        var options = RegexOptions.None;
        foreach (var option in _options)
        {
            options |= option switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                // Unicode is the normal case in .NET.
                'u' => RegexOptions.None,
                _ => throw new NotSupportedException($"The option '{option}' of a regular expression has no counterpart in .NET."),
            };
        }
        return new Regex(_pattern, options);
    }

    public override string ToString() =>
        $"/{(_pattern.Length == 0 ? "(?:)" : _pattern.Replace("/", "\\/", StringComparison.Ordinal))}/{_options}";

    public static implicit operator BsonRegularExpression(Regex value) => value == null ? null : new BsonRegularExpression(value);

    public static implicit operator BsonRegularExpression(string value) => value == null ? null : new BsonRegularExpression(value);

    // Two slashes would begin a comment, so that an empty pattern is written as an empty group.
    private static string Unescaped(string pattern) =>
        pattern == "(?:)" ? string.Empty : pattern.Replace("\\/", "/", StringComparison.Ordinal);

    private static string Sorted(string options)
    {
        for (var index = 1; index < options.Length; index++)
        {
            if (options[index - 1] > options[index])
            {
                return string.Concat(options.Order());
            }
        }
        return options;
    }

    private int ComparePatternAndOptions(BsonRegularExpression other)
    {
        var order = string.CompareOrdinal(_pattern, other._pattern);
        return order != 0 ? order : string.CompareOrdinal(_options, other._options);
    }

    public static bool operator ==(BsonRegularExpression lhs, BsonRegularExpression rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonRegularExpression lhs, BsonRegularExpression rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonRegularExpression Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonRegularExpression)BsonTypeMapper.MapToBsonValue(value, BsonType.RegularExpression);
    }

    public int CompareTo(BsonRegularExpression other) => other is null ? 1 : ComparePatternAndOptions(other);

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonRegularExpression same => CompareTo(same),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonRegularExpression rhs) => rhs is not null && GetType() == rhs.GetType() && _pattern == rhs._pattern && _options == rhs._options;

    public override bool Equals(object obj) => Equals(obj as BsonRegularExpression);

    public override int GetHashCode() => HashCode.Combine(BsonType, _pattern, _options);
}
