using System.Text;
using System.Text.RegularExpressions;

namespace ImageLibrary.Storage.Mongo;

/// <summary>URLs as they may be shown.</summary>
internal static partial class SecretMask
{
    private const string Mask = "***";
    private const int LongestName = 29;

    // Besides passwords: properties of mechanisms hold tokens.
    private static readonly HashSet<string> SecretOptions = new(StringComparer.OrdinalIgnoreCase)
    {
        "tlsCertificateKeyFilePassword", "authMechanismProperties", "proxyPassword",
    };

    /// <summary>Whether the value of an option is never shown.</summary>
    public static bool IsSecret(string option) => SecretOptions.Contains(option);

    /// <summary>The name of an option, cut where it is longer than any: the rest may be a secret that stuck to it.</summary>
    public static string Name(string option) => option.Length > LongestName ? option[..LongestName] + Mask : option;

    /// <summary>The URL of parts that were understood.</summary>
    public static string Precise(UrlParts parts)
    {
        var url = new StringBuilder("mongodb://");
        if (parts.User is { } user)
        {
            url.Append(Uri.EscapeDataString(user)).Append(parts.Password is null ? "" : $":{Mask}").Append('@');
        }
        url.AppendJoin(',', parts.Hosts).Append('/').Append(parts.DatabaseName);
        var separator = '?';
        foreach (var (name, value) in parts.Options)
        {
            url.Append(separator).Append(name).Append('=').Append(IsSecret(name) ? Mask : value);
            separator = '&';
        }
        return url.ToString();
    }

    /// <summary>A URL that was not taken apart: everything between the scheme and the last @ is masked.</summary>
    public static string Coarse(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var at = url.LastIndexOf('@');
        var hidden = at < start ? url : $"{url[..start]}{Mask}{url[at..]}";
        return SecretOption().Replace(hidden, $"$1={Mask}");
    }

    [GeneratedRegex("(tlsCertificateKeyFilePassword|authMechanismProperties|proxyPassword)=[^&]*", RegexOptions.IgnoreCase)]
    private static partial Regex SecretOption();
}
