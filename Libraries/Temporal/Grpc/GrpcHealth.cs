using Grpc.Health.V1;

namespace Temporalio.Grpc;

/// <summary>The standard health service.</summary>
internal static class GrpcHealth
{
    private static readonly GrpcMethod Check = GrpcMethod.Get("grpc.health.v1.Health", nameof(Check));

    public static async Task<bool> CheckHealthAsync(this GrpcChannel channel, string service, GrpcCallContext call)
    {
        var request = new HealthCheckRequest { Service = service };
        var response = await channel.CallAsync(Check, request, HealthCheckResponse.Parser, call).ConfigureAwait(false);
        return response.Status == HealthCheckResponse.Types.ServingStatus.Serving;
    }
}
