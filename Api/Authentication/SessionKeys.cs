using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Authentication;

/// <summary>
/// Tokens and session cookies. A cookie is an expiry signed by a key that is derived from the token, so that sessions
/// survive a restart, end when the token changes, and need no table. Processes that share a store take both from there.
/// </summary>
public sealed class SessionKeys
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);

    private readonly byte[] _signingKey;
    private readonly bool _shared;
    private readonly ILibraryStore _store;
    private readonly TimeProvider _time;
    private IReadOnlyList<byte[]> _tokenHashes;
    private long _refreshed;

    /// <summary>Derives the keys.</summary>
    /// <param name="options">Holds the administrator's token.</param>
    /// <param name="store">Where tokens of other processes are found.</param>
    /// <param name="time">Clock for expiries.</param>
    public SessionKeys(ApiOptions options, ILibraryStore store, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _shared = options.Access is not null;
        _store = store;
        _time = time;
        var token = options.Access?.SigningKey ?? Encoding.UTF8.GetBytes(options.AdminToken);
        _tokenHashes = options.Access is { } access ? Administrators(access) : [SHA256.HashData(token)];
        _signingKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, token, 32, info: "imagelibrary session"u8.ToArray());
        // Browsers share cookies between the ports of one host: a name of its own keeps two servers apart.
        var suffix = HKDF.DeriveKey(HashAlgorithmName.SHA256, token, 6, info: "imagelibrary cookie name"u8.ToArray());
        CookieName = $"imagelibrary-{Base64Url.EncodeToString(suffix)}";
    }

    /// <summary>Name of the session cookie.</summary>
    public string CookieName { get; }

    /// <summary>Whether a bearer token is an administrator's.</summary>
    /// <param name="token">The token of the request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<bool> IsValidTokenAsync(string token, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        return IsKnown(hash) || (await RefreshAsync(cancellationToken) && IsKnown(hash));
    }

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

    private static IReadOnlyList<byte[]> Administrators(AccessKeys access) =>
        [.. access.Tokens.Where(token => token.Role == AccessRole.Admin).Select(token => token.Hash)];

    private bool IsKnown(byte[] hash) => _tokenHashes.Any(known => CryptographicOperations.FixedTimeEquals(known, hash));

    // Another process may have joined since; guesses must not become a load on the store.
    private async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var last = Interlocked.Read(ref _refreshed);
        if (!_shared || (last != 0 && _time.GetElapsedTime(last) < RefreshInterval)
            || Interlocked.CompareExchange(ref _refreshed, _time.GetTimestamp(), last) != last)
        {
            return false;
        }
        _tokenHashes = Administrators(await _store.GetAccessAsync(cancellationToken));
        return true;
    }

    private byte[] Sign(string text) => HMACSHA256.HashData(_signingKey, Encoding.ASCII.GetBytes(text));
}
