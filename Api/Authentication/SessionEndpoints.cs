using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageLibrary.Api.Authentication;

/// <summary>Signing in and out of a browser.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Session");
        session.MapPost("", Create).WithName("createSession").WithSummary("Sets the session cookie; needs the bearer token.");
        session.MapDelete("", Delete).WithName("deleteSession").WithSummary("Removes the session cookie.");
    }

    private static NoContent Create(HttpContext context, SessionKeys keys)
    {
        var (value, expires) = keys.CreateSession();
        context.Response.Cookies.Append(keys.CookieName, value, Cookie(context, expires));
        return TypedResults.NoContent();
    }

    private static NoContent Delete(HttpContext context, SessionKeys keys)
    {
        context.Response.Cookies.Delete(keys.CookieName, Cookie(context, null));
        return TypedResults.NoContent();
    }

    private static CookieOptions Cookie(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
        Expires = expires,
        IsEssential = true,
    };
}
