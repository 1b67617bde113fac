namespace ImageLibrary.Api;

/// <summary>Where the routes begin.</summary>
public static class ApiRoutes
{
    /// <summary>Prefix of all routes but the public ones.</summary>
    public const string Prefix = "/api/v1";

    /// <summary>Path of the OpenAPI document.</summary>
    public const string OpenApi = "/openapi/v1.json";
}
