using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ImageLibrary.Api.Authentication;

/// <summary>
/// Refuses requests whose Host header names somebody else. A page of a stranger may point its own name at this machine
/// (DNS rebinding); it cannot do so with an address, so addresses are fine wherever the server listens on more than loopback.
/// </summary>
internal sealed class HostFilter(ApiOptions options, IProblemDetailsService problems) : IMiddleware
{
    private readonly bool _loopbackOnly = options.Bind.All(IPAddress.IsLoopback);
    private readonly HashSet<string> _names = new(options.AllowedHosts, StringComparer.OrdinalIgnoreCase) { "localhost" };

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (IsAllowed(context.Request.Host.Host))
        {
            await next(context);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails
            {
                Status = StatusCodes.Status400BadRequest,
                Title = "Host not allowed",
                Detail = "The server does not answer to this Host header; allow the name with --allowed-host.",
            },
        });
    }

    private bool IsAllowed(string host) =>
        _names.Contains(host)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && (!_loopbackOnly || IPAddress.IsLoopback(address)));
}
