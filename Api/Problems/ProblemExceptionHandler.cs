using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImageLibrary.Core;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Temporalio.Exceptions;

namespace ImageLibrary.Api.Problems;

/// <summary>The one place where exceptions become problem documents.</summary>
internal sealed partial class ProblemExceptionHandler(
    IProblemDetailsService problems, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    private static readonly TimeSpan EngineRetry = TimeSpan.FromSeconds(2);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        var problem = Translate(exception);
        if (problem is null)
        {
            LogUnexpected(exception, httpContext.Request.Method, httpContext.Request.Path);
            problem = new ApiProblemException(
                HttpStatusCode.InternalServerError, "Unexpected error", "The server failed at this request; its log says more.");
        }
        httpContext.Response.StatusCode = (int)problem.Status;
        if (problem.RetryAfter is { } retryAfter)
        {
            httpContext.Response.Headers.RetryAfter =
                ((long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = Document(problem),
        });
    }

    private static ApiProblemException? Translate(Exception exception) => exception switch
    {
        ApiProblemException problem => problem,
        BadHttpRequestException bad => FromBadRequest(bad),
        InvalidCursorException cursor => ApiProblemException.Invalid("cursor", cursor.Message),
        RootConflictException root => new(HttpStatusCode.Conflict, "Folder belongs to another library", root.Message)
        {
            Errors = new Dictionary<string, string[]> { ["rootPath"] = [root.Message] },
            Extensions = new Dictionary<string, object?> { ["libraryId"] = root.Existing.Id },
        },
        UnfitRecordException unfit => new(HttpStatusCode.InternalServerError, "Stored record is damaged", unfit.Message),
        StoreException store => ApiProblemException.Unavailable("Store unavailable", store.Message, EngineRetry),
        RpcException
        {
            Code: RpcException.StatusCode.Unavailable or RpcException.StatusCode.DeadlineExceeded
            or RpcException.StatusCode.Cancelled or RpcException.StatusCode.ResourceExhausted
        } =>
            ApiProblemException.Unavailable("Engine unavailable", "The workflow engine does not answer.", EngineRetry),
        _ => null,
    };

    private static ApiProblemException FromBadRequest(BadHttpRequestException bad)
    {
        if (bad.StatusCode != StatusCodes.Status400BadRequest)
        {
            return new((HttpStatusCode)bad.StatusCode, "Invalid request", bad.Message);
        }
        if (bad.InnerException is JsonException json)
        {
            var field = json.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "body";
            return ApiProblemException.Invalid(field, field == "body"
                ? "The body is not valid JSON for this request."
                : json.Message.Contains("could not be mapped", StringComparison.Ordinal) ? $"'{field}' is not a field of this request."
                : $"'{field}' has a value that does not fit.");
        }
        var parameter = ParameterName().Match(bad.Message);
        return parameter.Success
            ? ApiProblemException.Invalid(parameter.Groups["name"].Value, $"'{parameter.Groups["name"].Value}' has a value that does not fit, or is missing.")
            : ApiProblemException.Invalid("body", "The request needs a JSON body.");
    }

    private static ProblemDetails Document(ApiProblemException problem)
    {
        var document = new ProblemDetails
        {
            Status = (int)problem.Status,
            Title = problem.Title,
            Detail = problem.Message,
        };
        if (problem.Errors.Count > 0)
        {
            document.Extensions["errors"] = problem.Errors;
        }
        foreach (var (name, value) in problem.Extensions)
        {
            document.Extensions[name] = value;
        }
        return document;
    }

    // ASP.NET names the parameter only in its message: 'Failed to bind parameter "int limit" from "x".'
    [GeneratedRegex("parameter \"[^\" ]+ (?<name>[^\"]+)\"")]
    private static partial Regex ParameterName();

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogUnexpected(Exception exception, string method, PathString path);
}
