using System.Text.Json.Nodes;
using ImageLibrary.Api.Json;
using ImageLibrary.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ImageLibrary.Api.OpenApi;

/// <summary>The OpenAPI document: schema names, security, and the bounds of paging.</summary>
internal static class OpenApiDocumentRegistration
{
    public const string DocumentName = "v1";
    private const string Scheme = "bearer";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.CreateSchemaReferenceId = type =>
            OpenApiOptions.CreateDefaultSchemaReferenceId(type)?.Replace("Dto", "", StringComparison.Ordinal);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "ImageLibrary", Version = "1" };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
                operation.Responses ??= [];
                operation.Responses.TryAdd("401", new OpenApiResponse { Description = "The token is missing or wrong." });
                operation.Responses.TryAdd("503", new OpenApiResponse { Description = "The store or the engine does not answer; Retry-After tells when to ask again." });
            }
            if (operation.RequestBody is not null)
            {
                operation.Responses ??= [];
                operation.Responses.TryAdd("415", new OpenApiResponse { Description = "The body is not JSON." });
            }
            BoundPaging(operation);
            NameValues(operation, context.Description.ParameterDescriptions);
            return Task.CompletedTask;
        });
    });

    private static void NameValues(OpenApiOperation operation, IList<ApiParameterDescription> parameters)
    {
        foreach (var parameter in parameters)
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterDescriptor.ParameterType) ?? parameter.ParameterDescriptor.ParameterType;
            if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(QueryEnum<>)
                && operation.Parameters?.FirstOrDefault(described => described.Name == parameter.Name)?.Schema is OpenApiSchema schema)
            {
                var words = (IEnumerable<string>)type.GetProperty(nameof(QueryEnum<JobState>.Words))!.GetValue(null)!;
                schema.Enum = [.. words.Select(word => JsonValue.Create(word))];
            }
        }
    }

    private static void BoundPaging(OpenApiOperation operation)
    {
        var limit = operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == "limit");
        if (limit?.Schema is OpenApiSchema schema)
        {
            schema.Minimum = "1";
            schema.Maximum = "1000";
            schema.Default = JsonValue.Create(Paging.Paging.DefaultLimit);
        }
    }
}
