using System.Globalization;

namespace ImageLibrary.Storage.Mongo;

/// <summary>The options of a URL. Whoever understands an option reads it; what nobody has read is refused at the end.</summary>
internal sealed class UrlOptions
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);

    // Names of the specification for which this program has no use; whoever sets one shall know that it does nothing.
    private static readonly HashSet<string> Unsupported = new(StringComparer.OrdinalIgnoreCase)
    {
        "authMechanismProperties", "proxyHost", "proxyPassword", "proxyPort", "proxyUsername", "srvMaxHosts", "srvServiceName", "timeoutMS",
        "tlsDisableOCSPEndpointCheck", "uuidRepresentation",
    };

    public UrlOptions(IReadOnlyList<(string Name, string Value)> options)
    {
        // What follows a secret may be the rest of it, behind an unescaped &, and is not quoted.
        string? secret = null;
        foreach (var (name, value) in options)
        {
            if (!_values.TryGetValue(name, out var values))
            {
                _values.Add(name, values = []);
            }
            values.Add(PercentEncoding.Decode(value, secret is null ? $"option {name}" : $"an option behind {secret}"));
            secret ??= SecretMask.IsSecret(name) ? name : null;
        }
    }

    /// <summary>Every value of an option that may be given repeatedly.</summary>
    public IReadOnlyList<string> All(string name)
    {
        _read.Add(name);
        return _values.GetValueOrDefault(name) ?? [];
    }

    /// <summary>The value of an option, or null. It may be given by its older names, too, as long as all agree.</summary>
    public string? Text(string name, params ReadOnlySpan<string> olderNames)
    {
        var values = new List<string>(All(name));
        foreach (var older in olderNames)
        {
            values.AddRange(All(older));
        }
        return values.Count switch
        {
            0 => null,
            _ when values.Any(value => value != values[0]) => throw ConnectionFault.Of($"option {name} is given several times with different values"),
            _ when values[0].Length == 0 => throw ConnectionFault.Of($"option {name} is empty"),
            _ => values[0],
        };
    }

    public bool? Flag(string name, params ReadOnlySpan<string> olderNames) => Text(name, olderNames) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw ConnectionFault.Of($"option {name} must be true or false"),
    };

    public int? Number(string name, int least, int most = int.MaxValue)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw ConnectionFault.Of($"option {name} must be a whole number {(most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}")}");
    }

    public TimeSpan? Milliseconds(string name, int least = 0) => Number(name, least) is { } number ? TimeSpan.FromMilliseconds(number) : null;

    /// <summary>One of the words, in the spelling of the list, or null.</summary>
    public string? Word(string name, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        foreach (var word in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }
        throw ConnectionFault.Of($"option {name} must be one of {string.Join(", ", words!)}");
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public void RefuseUnread()
    {
        // The first, because what follows it may be the rest of a password.
        if (_values.Keys.FirstOrDefault(name => !_read.Contains(name)) is { } unread)
        {
            throw ConnectionFault.Of($"option {SecretMask.Name(unread)} {(Unsupported.Contains(unread) ? "is not supported by this program" : "is unknown")}");
        }
    }
}
