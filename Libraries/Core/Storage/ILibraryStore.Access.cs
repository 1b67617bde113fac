namespace ImageLibrary.Core;

// Several processes that share a store accept each other's tokens and sessions.
public partial interface ILibraryStore
{
    /// <summary>Makes a token known to all processes that share the store; it takes the place of one of the same name.</summary>
    /// <param name="token">The token, hashed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What all processes share.</returns>
    Task<AccessKeys> ShareAccessAsync(AccessToken token, CancellationToken cancellationToken = default);

    /// <summary>Gets the tokens and the key that all processes share; no tokens and an empty key before the first was shared.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<AccessKeys> GetAccessAsync(CancellationToken cancellationToken = default);
}

/// <summary>What processes that share a store agree on.</summary>
/// <param name="SigningKey">Random key that signs sessions; made when the first token is shared.</param>
/// <param name="Tokens">The tokens.</param>
public sealed record AccessKeys(byte[] SigningKey, IReadOnlyList<AccessToken> Tokens)
{
    /// <summary>Bytes of the signing key.</summary>
    public const int SigningKeyBytes = 32;
}

/// <summary>A token that the REST interface accepts.</summary>
/// <param name="Name">Who it belongs to.</param>
/// <param name="Role">What it allows.</param>
/// <param name="Hash">SHA-256 of its UTF-8 text; the token itself is stored nowhere.</param>
public sealed record AccessToken(string Name, AccessRole Role, byte[] Hash);

/// <summary>What a token allows.</summary>
public enum AccessRole
{
    /// <summary>Everything.</summary>
    Admin,

    /// <summary>Reading, and the cache folders.</summary>
    CacheManager,

    /// <summary>Reading.</summary>
    Viewer,
}
