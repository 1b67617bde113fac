using ImageLibrary.Temporal.Server.Visibility.Attributes;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Visibility;

/// <summary>Registration and listing of search attributes.</summary>
internal static class SearchAttributeMethods
{
    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        const string Operator = MethodTable.OperatorService;
        methods.Map<AddSearchAttributesRequest, AddSearchAttributesResponse>(Operator, "AddSearchAttributes", async (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            if (request.SearchAttributes.Count == 0)
            {
                throw RpcException.InvalidArgument("SearchAttributes are not set on request.");
            }

            await engine.Visibility.AddAsync(engine.Commits, request.Namespace, request.SearchAttributes.ToDictionary()).ConfigureAwait(false);
            return new AddSearchAttributesResponse();
        });
        methods.Map<RemoveSearchAttributesRequest, RemoveSearchAttributesResponse>(Operator, "RemoveSearchAttributes", async (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            if (request.SearchAttributes.Count == 0)
            {
                throw RpcException.InvalidArgument("SearchAttributes are not set on request.");
            }

            await engine.Visibility.RemoveAsync(engine.Commits, request.Namespace, request.SearchAttributes).ConfigureAwait(false);
            return new RemoveSearchAttributesResponse();
        });
        methods.Map<ListSearchAttributesRequest, ListSearchAttributesResponse>(Operator, "ListSearchAttributes", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            var reply = new ListSearchAttributesResponse();
            reply.CustomAttributes.Add(engine.Visibility.Definitions(request.Namespace).Custom);
            reply.SystemAttributes.Add(SystemSearchAttributes.ExecutionFields);
            reply.SystemAttributes.Add(SystemSearchAttributes.Predefined);
            return Task.FromResult(reply);
        });

        // The older call names no namespace.
        methods.Map<GetSearchAttributesRequest, GetSearchAttributesResponse>(MethodTable.WorkflowService, "GetSearchAttributes", (_, _) =>
        {
            var reply = new GetSearchAttributesResponse();
            reply.Keys.Add(engine.Visibility.Definitions(NamespaceRegistry.Default).Custom);
            reply.Keys.Add(SystemSearchAttributes.ExecutionFields);
            reply.Keys.Add(SystemSearchAttributes.Predefined);
            return Task.FromResult(reply);
        });
    }
}
