using System.Net;

namespace ImageLibrary.Api.Problems;

/// <summary>A request that cannot be fulfilled; becomes one problem document.</summary>
public sealed class ApiProblemException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="status">Status code.</param>
    /// <param name="title">What kind of problem, the same for all of its kind.</param>
    /// <param name="detail">One sentence for the user.</param>
    public ApiProblemException(HttpStatusCode status, string title, string detail)
        : base(detail)
    {
        Status = status;
        Title = title;
    }

    /// <summary>Status code.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>What kind of problem, the same for all of its kind.</summary>
    public string Title { get; }

    /// <summary>Sentences by field of the request.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>More members of the problem document.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; init; } = new Dictionary<string, object?>();

    /// <summary>When it is worth asking again; null when that is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    internal static ApiProblemException NotFound(string what, string id) =>
        new(HttpStatusCode.NotFound, "Not found", $"There is no {what} '{id}'.");

    internal static ApiProblemException Conflict(string title, string detail) => new(HttpStatusCode.Conflict, title, detail);

    internal static ApiProblemException Invalid(string field, string sentence) =>
        new(HttpStatusCode.BadRequest, "Invalid request", sentence)
        {
            Errors = new Dictionary<string, string[]> { [field] = [sentence] },
        };

    internal static ApiProblemException Unavailable(string title, string detail, TimeSpan retryAfter) =>
        new(HttpStatusCode.ServiceUnavailable, title, detail) { RetryAfter = retryAfter };
}
