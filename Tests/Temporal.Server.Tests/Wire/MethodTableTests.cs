using Google.Protobuf.Reflection;
using ImageLibrary.Temporal.Server.Wire;
using ImageLibrary.Tests.Temporal.Server.Support;

namespace ImageLibrary.Tests.Temporal.Server.Wire;

/// <summary>The table of methods against the published descriptors.</summary>
public sealed class MethodTableTests
{
    private static readonly Dictionary<string, ServiceDescriptor> Services = new[]
    {
        Temporalio.Api.WorkflowService.V1.TemporalApiWorkflowserviceV1Reflection.Descriptor,
        Temporalio.Api.OperatorService.V1.TemporalApiOperatorserviceV1Reflection.Descriptor,
        Temporalio.Api.TestService.V1.TemporalApiTestserviceV1Reflection.Descriptor,
        Grpc.Health.V1.GrpcHealthV1Reflection.Descriptor,
    }.SelectMany(file => file.Services).ToDictionary(service => service.FullName);

    [Fact]
    public async Task Methods_OfTheServer_ArePublishedWithTheirRequests()
    {
        await using var server = await TestEngine.StartAsync();
        var methods = server.Engine.Methods.Requests.ToList();
        Assert.NotEmpty(methods);
        Assert.All(methods, method =>
        {
            var parts = method.Path.Split('/');
            Assert.Equal(Services[parts[1]].FindMethodByName(parts[2])?.InputType.ClrType, method.Request);
        });
    }

    [Fact]
    public void Unknown_MethodOrService_IsToldInTheWordsThatClientsLookFor()
    {
        Assert.All(Services.Keys, service => Assert.Equal($"unknown method X for service {service}", MethodTable.Unknown($"/{service}/X").Message));
        Assert.Equal("unknown service a.b.C", MethodTable.Unknown("/a.b.C/X").Message);
        Assert.Equal("malformed method name: \"X\"", MethodTable.Unknown("X").Message);
    }
}
