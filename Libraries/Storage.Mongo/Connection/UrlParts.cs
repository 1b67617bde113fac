using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>The parts of a <c>mongodb://</c> URL, percent-decoded except for the options.</summary>
internal sealed record UrlParts(
    string? User, string? Password, IReadOnlyList<MongoServerAddress> Hosts, string? DatabaseName, IReadOnlyList<(string Name, string Value)> Options)
{
    private const string Scheme = "mongodb://";
    private const int DefaultPort = 27017;
    private const int MaxDatabaseNameBytes = 63;
    private static readonly SearchValues<char> NotInDatabaseNames = SearchValues.Create("/\\ \"$.\0");

    public static UrlParts Split(string url)
    {
        if (!url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw ConnectionFault.Of($"it must begin with {Scheme} or {SrvConnection.Scheme}");
        }
        var rest = url[Scheme.Length..];
        var end = rest.IndexOfAny(['/', '?']);
        var authority = end < 0 ? rest : rest[..end];
        var tail = end < 0 ? "" : rest[end..];
        // An @ this late means that a name or password holds an unescaped character, so nothing here may be quoted.
        if (tail.Contains('@', StringComparison.Ordinal) || authority.Contains('#', StringComparison.Ordinal))
        {
            throw ConnectionFault.Of("user name and password must have : / ? # [ ] @ and % percent-encoded, and elsewhere @ must be written as %40");
        }
        var at = authority.LastIndexOf('@');
        var (user, password) = at < 0 ? (null, null) : SplitUserInfo(authority[..at]);
        var query = tail.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? tail : tail[..query];
        return new UrlParts(
            user,
            password,
            ReadHosts(authority[(at + 1)..]),
            ReadDatabaseName(path.TrimStart('/')),
            query < 0 ? [] : ReadOptions(tail[(query + 1)..]));
    }

    private static (string User, string? Password) SplitUserInfo(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (user, password) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        if (user.Length == 0)
        {
            throw ConnectionFault.Of("the user name before the @ is empty");
        }
        if (user.Contains('@', StringComparison.Ordinal) || password?.AsSpan().IndexOfAny(":@[]") >= 0)
        {
            throw ConnectionFault.Of("user name and password must have : / ? # [ ] @ and % percent-encoded");
        }
        return (PercentEncoding.Decode(user, "the user name"), password is null ? null : PercentEncoding.Decode(password, "the password"));
    }

    private static List<MongoServerAddress> ReadHosts(string text)
    {
        var hosts = new List<MongoServerAddress>();
        foreach (var part in text.Split(','))
        {
            var host = ReadHost(part, hosts.Count + 1);
            if (!hosts.Contains(host))
            {
                hosts.Add(host);
            }
        }
        return hosts;
    }

    // Faults name the host by its position: a password with a forgotten @ would look like a host.
    private static MongoServerAddress ReadHost(string text, int position)
    {
        if (text.Length == 0)
        {
            throw ConnectionFault.Of(position == 1 ? "it names no host" : $"host {position} is empty");
        }
        var name = text;
        var port = DefaultPort;
        var colon = text.LastIndexOf(':');
        if (text[0] == '[' ? colon > text.LastIndexOf(']') : colon >= 0)
        {
            name = text[..colon];
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
            {
                throw ConnectionFault.Of($"the port of host {position} is not a number from 1 to 65535");
            }
        }
        name = PercentEncoding.Decode(name, $"host {position}");
        if (name.EndsWith(".sock", StringComparison.Ordinal))
        {
            throw ConnectionFault.Of($"host {position} is a Unix socket, which the driver cannot use; name a host and port");
        }
        return new MongoServerAddress(CheckName(name, position), port);
    }

    private static string CheckName(string name, int position)
    {
        if (name.StartsWith('['))
        {
            return name.EndsWith(']') && IPAddress.TryParse(name.AsSpan(1, name.Length - 2), out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
                ? name
                : throw ConnectionFault.Of($"host {position} is not an IPv6 address in brackets");
        }
        if (name.Contains(':', StringComparison.Ordinal))
        {
            throw ConnectionFault.Of($"host {position} has several colons; an IPv6 address needs brackets, as in [::1]:27017");
        }
        return name.Length > 0 && name.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_')
            ? name
            : throw ConnectionFault.Of($"host {position} is not a host name");
    }

    private static string? ReadDatabaseName(string text)
    {
        var name = PercentEncoding.Decode(text, "the database name");
        if (name.AsSpan().ContainsAny(NotInDatabaseNames) || Encoding.UTF8.GetByteCount(name) > MaxDatabaseNameBytes)
        {
            throw ConnectionFault.Of($"the database name has at most {MaxDatabaseNameBytes} bytes and none of / \\ \" $ . and space");
        }
        return name.Length == 0 ? null : name;
    }

    private static List<(string Name, string Value)> ReadOptions(string text)
    {
        var options = new List<(string, string)>();
        foreach (var pair in text.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals != pair.LastIndexOf('='))
            {
                throw ConnectionFault.Of($"option {options.Count + 1} has a second =; options are separated by &, and = in a value is written as %3D");
            }
            if (equals > 0)
            {
                options.Add((CheckOptionName(pair[..equals], options.Count + 1), pair[(equals + 1)..]));
            }
            else if (pair.Length > 0)
            {
                throw ConnectionFault.Of($"option {options.Count + 1} is not of the form name=value");
            }
        }
        return options;
    }

    // Messages quote names, and one with other characters may be part of a password with an unescaped question mark.
    private static string CheckOptionName(string text, int position)
    {
        var name = PercentEncoding.Decode(text, "an option's name");
        return name.All(char.IsAsciiLetterOrDigit) ? name : throw ConnectionFault.Of($"the name of option {position} is not a word of letters");
    }
}
