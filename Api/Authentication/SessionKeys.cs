using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ImageLibrary.Api.Authentication;

/// <summary>
/// Tokens and session cookies. A cookie is an expiry signed by a key that is derived from the token, so that sessions
/// survive a restart, end when the token changes, and need no table.
/// </summary>
public sealed class SessionKeys
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private readonly byte[] _tokenHash;
    private readonly byte[] _signingKey;
    private readonly TimeProvider _time;

    /// <summary>Derives the keys.</summary>
    /// <param name="options">Holds the administrator's token.</param>
    /// <param name="time">Clock for expiries.</param>
    public SessionKeys(ApiOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var token = Encoding.UTF8.GetBytes(options.AdminToken);
        _tokenHash = SHA256.HashData(token);
        _signingKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, token, 32, info: "imagelibrary session"u8.ToArray());
        _time = time;
        // Browsers share cookies between the ports of one host: a name of its own keeps two servers apart.
        var suffix = HKDF.DeriveKey(HashAlgorithmName.SHA256, token, 6, info: "imagelibrary cookie name"u8.ToArray());
        CookieName = $"imagelibrary-{Base64Url.EncodeToString(suffix)}";
    }

    /// <summary>Name of the session cookie.</summary>
    public string CookieName { get; }

    /// <summary>Whether a bearer token is the administrator's.</summary>
    /// <param name="token">The token of the request.</param>
    public bool IsValidToken(string token) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), _tokenHash);

    /// <summary>Makes a session.</summary>
    /// <returns>The cookie's value and when it expires.</returns>
    public (string Value, DateTimeOffset Expires) CreateSession()
    {
        var expires = _time.GetUtcNow() + Lifetime;
        var text = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return ($"{text}.{Base64Url.EncodeToString(Sign(text))}", expires);
    }

    /// <summary>Whether a cookie was made here and has not expired.</summary>
    /// <param name="value">The cookie's value.</param>
    public bool IsValidSession(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var dot = value.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || !long.TryParse(value[..dot], CultureInfo.InvariantCulture, out var expires))
        {
            return false;
        }
        Span<byte> signature = stackalloc byte[32];
        return Base64Url.TryDecodeFromChars(value.AsSpan(dot + 1), signature, out var length)
            && CryptographicOperations.FixedTimeEquals(signature[..length], Sign(value[..dot]))
            && expires > _time.GetUtcNow().ToUnixTimeSeconds();
    }

    private byte[] Sign(string text) => HMACSHA256.HashData(_signingKey, Encoding.ASCII.GetBytes(text));
}
