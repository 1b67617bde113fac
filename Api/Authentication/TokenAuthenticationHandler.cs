using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ImageLibrary.Api.Authentication;

/// <summary>
/// Accepts the bearer token everywhere, and the session cookie on reads; on writes only when the browser says that the
/// request comes from our own page.
/// </summary>
internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    SessionKeys keys, IProblemDetailsService problems)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";
    public const string AdminRole = "Admin";

    private const string Prefix = "Bearer ";

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = SchemeName;
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure?.Message;
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = Context,
            ProblemDetails = new ProblemDetails
            {
                Status = StatusCodes.Status401Unauthorized,
                Title = "Not signed in",
                Detail = failure ?? "Send the token as 'Authorization: Bearer TOKEN', or sign in by the address that the server printed.",
            },
        });
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var authorization = Request.Headers.Authorization.ToString();
        if (authorization.Length > 0)
        {
            return authorization.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && await keys.IsValidTokenAsync(authorization[Prefix.Length..].Trim(), Context.RequestAborted)
                    ? Success()
                    : AuthenticateResult.Fail("The token is not valid here; the server's data folder holds the right one in 'admin-token'.");
        }
        if (Request.Cookies[keys.CookieName] is not { } cookie)
        {
            return AuthenticateResult.NoResult();
        }
        if (!keys.IsValidSession(cookie))
        {
            return AuthenticateResult.Fail("The session has expired; sign in again by the address that the server printed.");
        }
        return IsRead() || IsSameOrigin()
            ? Success()
            : AuthenticateResult.Fail("Changes by session cookie are accepted from the server's own page only (same-origin Origin header).");
    }

    private bool IsRead() => HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method);

    // The scheme is left out of the comparison: behind a proxy that ends TLS we see http, the browser https.
    private bool IsSameOrigin() =>
        Uri.TryCreate(Request.Headers.Origin, UriKind.Absolute, out var origin)
        && origin.Scheme is "http" or "https"
        && Request.Host.HasValue
        && string.Equals(origin.Authority, Request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private static AuthenticateResult Success()
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Role, AdminRole)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
