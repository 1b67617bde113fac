using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.Client;

/// <content>One method for each call of the service.</content>
public abstract partial class WorkflowService
{
    /// <summary>Calls <c>CountActivityExecutions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<CountActivityExecutionsResponse> CountActivityExecutionsAsync(CountActivityExecutionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("CountActivityExecutions", req, CountActivityExecutionsResponse.Parser, options);

    /// <summary>Calls <c>CountNexusOperationExecutions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<CountNexusOperationExecutionsResponse> CountNexusOperationExecutionsAsync(CountNexusOperationExecutionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("CountNexusOperationExecutions", req, CountNexusOperationExecutionsResponse.Parser, options);

    /// <summary>Calls <c>CountSchedules</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<CountSchedulesResponse> CountSchedulesAsync(CountSchedulesRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("CountSchedules", req, CountSchedulesResponse.Parser, options);

    /// <summary>Calls <c>CountWorkers</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<CountWorkersResponse> CountWorkersAsync(CountWorkersRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("CountWorkers", req, CountWorkersResponse.Parser, options);

    /// <summary>Calls <c>CountWorkflowExecutions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<CountWorkflowExecutionsResponse> CountWorkflowExecutionsAsync(CountWorkflowExecutionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("CountWorkflowExecutions", req, CountWorkflowExecutionsResponse.Parser, options);

    /// <summary>Calls <c>CreateSchedule</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<CreateScheduleResponse> CreateScheduleAsync(CreateScheduleRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("CreateSchedule", req, CreateScheduleResponse.Parser, options);

    /// <summary>Calls <c>CreateWorkerDeployment</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<CreateWorkerDeploymentResponse> CreateWorkerDeploymentAsync(CreateWorkerDeploymentRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("CreateWorkerDeployment", req, CreateWorkerDeploymentResponse.Parser, options);

    /// <summary>Calls <c>CreateWorkerDeploymentVersion</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<CreateWorkerDeploymentVersionResponse> CreateWorkerDeploymentVersionAsync(CreateWorkerDeploymentVersionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("CreateWorkerDeploymentVersion", req, CreateWorkerDeploymentVersionResponse.Parser, options);

    /// <summary>Calls <c>CreateWorkflowRule</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<CreateWorkflowRuleResponse> CreateWorkflowRuleAsync(CreateWorkflowRuleRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("CreateWorkflowRule", req, CreateWorkflowRuleResponse.Parser, options);

    /// <summary>Calls <c>DeleteActivityExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DeleteActivityExecutionResponse> DeleteActivityExecutionAsync(DeleteActivityExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DeleteActivityExecution", req, DeleteActivityExecutionResponse.Parser, options);

    /// <summary>Calls <c>DeleteNexusOperationExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DeleteNexusOperationExecutionResponse> DeleteNexusOperationExecutionAsync(DeleteNexusOperationExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DeleteNexusOperationExecution", req, DeleteNexusOperationExecutionResponse.Parser, options);

    /// <summary>Calls <c>DeleteSchedule</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DeleteScheduleResponse> DeleteScheduleAsync(DeleteScheduleRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DeleteSchedule", req, DeleteScheduleResponse.Parser, options);

    /// <summary>Calls <c>DeleteWorkerDeployment</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DeleteWorkerDeploymentResponse> DeleteWorkerDeploymentAsync(DeleteWorkerDeploymentRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DeleteWorkerDeployment", req, DeleteWorkerDeploymentResponse.Parser, options);

    /// <summary>Calls <c>DeleteWorkerDeploymentVersion</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DeleteWorkerDeploymentVersionResponse> DeleteWorkerDeploymentVersionAsync(DeleteWorkerDeploymentVersionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DeleteWorkerDeploymentVersion", req, DeleteWorkerDeploymentVersionResponse.Parser, options);

    /// <summary>Calls <c>DeleteWorkflowExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DeleteWorkflowExecutionResponse> DeleteWorkflowExecutionAsync(DeleteWorkflowExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DeleteWorkflowExecution", req, DeleteWorkflowExecutionResponse.Parser, options);

    /// <summary>Calls <c>DeleteWorkflowRule</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DeleteWorkflowRuleResponse> DeleteWorkflowRuleAsync(DeleteWorkflowRuleRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DeleteWorkflowRule", req, DeleteWorkflowRuleResponse.Parser, options);

    /// <summary>Calls <c>DeprecateNamespace</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DeprecateNamespaceResponse> DeprecateNamespaceAsync(DeprecateNamespaceRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DeprecateNamespace", req, DeprecateNamespaceResponse.Parser, options);

    /// <summary>Calls <c>DescribeActivityExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeActivityExecutionResponse> DescribeActivityExecutionAsync(DescribeActivityExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeActivityExecution", req, DescribeActivityExecutionResponse.Parser, options);

    /// <summary>Calls <c>DescribeBatchOperation</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeBatchOperationResponse> DescribeBatchOperationAsync(DescribeBatchOperationRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeBatchOperation", req, DescribeBatchOperationResponse.Parser, options);

    /// <summary>Calls <c>DescribeDeployment</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeDeploymentResponse> DescribeDeploymentAsync(DescribeDeploymentRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeDeployment", req, DescribeDeploymentResponse.Parser, options);

    /// <summary>Calls <c>DescribeNamespace</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeNamespaceResponse> DescribeNamespaceAsync(DescribeNamespaceRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeNamespace", req, DescribeNamespaceResponse.Parser, options);

    /// <summary>Calls <c>DescribeNexusOperationExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeNexusOperationExecutionResponse> DescribeNexusOperationExecutionAsync(DescribeNexusOperationExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeNexusOperationExecution", req, DescribeNexusOperationExecutionResponse.Parser, options);

    /// <summary>Calls <c>DescribeSchedule</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeScheduleResponse> DescribeScheduleAsync(DescribeScheduleRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeSchedule", req, DescribeScheduleResponse.Parser, options);

    /// <summary>Calls <c>DescribeTaskQueue</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeTaskQueueResponse> DescribeTaskQueueAsync(DescribeTaskQueueRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeTaskQueue", req, DescribeTaskQueueResponse.Parser, options);

    /// <summary>Calls <c>DescribeWorkerDeployment</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeWorkerDeploymentResponse> DescribeWorkerDeploymentAsync(DescribeWorkerDeploymentRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeWorkerDeployment", req, DescribeWorkerDeploymentResponse.Parser, options);

    /// <summary>Calls <c>DescribeWorkerDeploymentVersion</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeWorkerDeploymentVersionResponse> DescribeWorkerDeploymentVersionAsync(DescribeWorkerDeploymentVersionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeWorkerDeploymentVersion", req, DescribeWorkerDeploymentVersionResponse.Parser, options);

    /// <summary>Calls <c>DescribeWorker</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeWorkerResponse> DescribeWorkerAsync(DescribeWorkerRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeWorker", req, DescribeWorkerResponse.Parser, options);

    /// <summary>Calls <c>DescribeWorkflowExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeWorkflowExecutionResponse> DescribeWorkflowExecutionAsync(DescribeWorkflowExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeWorkflowExecution", req, DescribeWorkflowExecutionResponse.Parser, options);

    /// <summary>Calls <c>DescribeWorkflowRule</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<DescribeWorkflowRuleResponse> DescribeWorkflowRuleAsync(DescribeWorkflowRuleRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("DescribeWorkflowRule", req, DescribeWorkflowRuleResponse.Parser, options);

    /// <summary>Calls <c>ExecuteMultiOperation</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ExecuteMultiOperationResponse> ExecuteMultiOperationAsync(ExecuteMultiOperationRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ExecuteMultiOperation", req, ExecuteMultiOperationResponse.Parser, options);

    /// <summary>Calls <c>FetchWorkerConfig</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<FetchWorkerConfigResponse> FetchWorkerConfigAsync(FetchWorkerConfigRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("FetchWorkerConfig", req, FetchWorkerConfigResponse.Parser, options);

    /// <summary>Calls <c>GetClusterInfo</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<GetClusterInfoResponse> GetClusterInfoAsync(GetClusterInfoRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("GetClusterInfo", req, GetClusterInfoResponse.Parser, options);

    /// <summary>Calls <c>GetCurrentDeployment</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<GetCurrentDeploymentResponse> GetCurrentDeploymentAsync(GetCurrentDeploymentRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("GetCurrentDeployment", req, GetCurrentDeploymentResponse.Parser, options);

    /// <summary>Calls <c>GetDeploymentReachability</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<GetDeploymentReachabilityResponse> GetDeploymentReachabilityAsync(GetDeploymentReachabilityRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("GetDeploymentReachability", req, GetDeploymentReachabilityResponse.Parser, options);

    /// <summary>Calls <c>GetSearchAttributes</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<GetSearchAttributesResponse> GetSearchAttributesAsync(GetSearchAttributesRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("GetSearchAttributes", req, GetSearchAttributesResponse.Parser, options);

    /// <summary>Calls <c>GetSystemInfo</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<GetSystemInfoResponse> GetSystemInfoAsync(GetSystemInfoRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("GetSystemInfo", req, GetSystemInfoResponse.Parser, options);

    /// <summary>Calls <c>GetWorkerBuildIdCompatibility</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<GetWorkerBuildIdCompatibilityResponse> GetWorkerBuildIdCompatibilityAsync(GetWorkerBuildIdCompatibilityRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("GetWorkerBuildIdCompatibility", req, GetWorkerBuildIdCompatibilityResponse.Parser, options);

    /// <summary>Calls <c>GetWorkerTaskReachability</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<GetWorkerTaskReachabilityResponse> GetWorkerTaskReachabilityAsync(GetWorkerTaskReachabilityRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("GetWorkerTaskReachability", req, GetWorkerTaskReachabilityResponse.Parser, options);

    /// <summary>Calls <c>GetWorkerVersioningRules</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<GetWorkerVersioningRulesResponse> GetWorkerVersioningRulesAsync(GetWorkerVersioningRulesRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("GetWorkerVersioningRules", req, GetWorkerVersioningRulesResponse.Parser, options);

    /// <summary>Calls <c>GetWorkflowExecutionHistory</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<GetWorkflowExecutionHistoryResponse> GetWorkflowExecutionHistoryAsync(GetWorkflowExecutionHistoryRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("GetWorkflowExecutionHistory", req, GetWorkflowExecutionHistoryResponse.Parser, options);

    /// <summary>Calls <c>GetWorkflowExecutionHistoryReverse</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<GetWorkflowExecutionHistoryReverseResponse> GetWorkflowExecutionHistoryReverseAsync(GetWorkflowExecutionHistoryReverseRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("GetWorkflowExecutionHistoryReverse", req, GetWorkflowExecutionHistoryReverseResponse.Parser, options);

    /// <summary>Calls <c>ListActivityExecutions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListActivityExecutionsResponse> ListActivityExecutionsAsync(ListActivityExecutionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListActivityExecutions", req, ListActivityExecutionsResponse.Parser, options);

    /// <summary>Calls <c>ListArchivedWorkflowExecutions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListArchivedWorkflowExecutionsResponse> ListArchivedWorkflowExecutionsAsync(ListArchivedWorkflowExecutionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListArchivedWorkflowExecutions", req, ListArchivedWorkflowExecutionsResponse.Parser, options);

    /// <summary>Calls <c>ListBatchOperations</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListBatchOperationsResponse> ListBatchOperationsAsync(ListBatchOperationsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListBatchOperations", req, ListBatchOperationsResponse.Parser, options);

    /// <summary>Calls <c>ListClosedWorkflowExecutions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListClosedWorkflowExecutionsResponse> ListClosedWorkflowExecutionsAsync(ListClosedWorkflowExecutionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListClosedWorkflowExecutions", req, ListClosedWorkflowExecutionsResponse.Parser, options);

    /// <summary>Calls <c>ListDeployments</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListDeploymentsResponse> ListDeploymentsAsync(ListDeploymentsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListDeployments", req, ListDeploymentsResponse.Parser, options);

    /// <summary>Calls <c>ListNamespaces</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListNamespacesResponse> ListNamespacesAsync(ListNamespacesRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListNamespaces", req, ListNamespacesResponse.Parser, options);

    /// <summary>Calls <c>ListNexusOperationExecutions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListNexusOperationExecutionsResponse> ListNexusOperationExecutionsAsync(ListNexusOperationExecutionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListNexusOperationExecutions", req, ListNexusOperationExecutionsResponse.Parser, options);

    /// <summary>Calls <c>ListOpenWorkflowExecutions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListOpenWorkflowExecutionsResponse> ListOpenWorkflowExecutionsAsync(ListOpenWorkflowExecutionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListOpenWorkflowExecutions", req, ListOpenWorkflowExecutionsResponse.Parser, options);

    /// <summary>Calls <c>ListScheduleMatchingTimes</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListScheduleMatchingTimesResponse> ListScheduleMatchingTimesAsync(ListScheduleMatchingTimesRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListScheduleMatchingTimes", req, ListScheduleMatchingTimesResponse.Parser, options);

    /// <summary>Calls <c>ListSchedules</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListSchedulesResponse> ListSchedulesAsync(ListSchedulesRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListSchedules", req, ListSchedulesResponse.Parser, options);

    /// <summary>Calls <c>ListTaskQueuePartitions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListTaskQueuePartitionsResponse> ListTaskQueuePartitionsAsync(ListTaskQueuePartitionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListTaskQueuePartitions", req, ListTaskQueuePartitionsResponse.Parser, options);

    /// <summary>Calls <c>ListWorkerDeployments</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListWorkerDeploymentsResponse> ListWorkerDeploymentsAsync(ListWorkerDeploymentsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListWorkerDeployments", req, ListWorkerDeploymentsResponse.Parser, options);

    /// <summary>Calls <c>ListWorkers</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListWorkersResponse> ListWorkersAsync(ListWorkersRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListWorkers", req, ListWorkersResponse.Parser, options);

    /// <summary>Calls <c>ListWorkflowExecutions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListWorkflowExecutionsResponse> ListWorkflowExecutionsAsync(ListWorkflowExecutionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListWorkflowExecutions", req, ListWorkflowExecutionsResponse.Parser, options);

    /// <summary>Calls <c>ListWorkflowRules</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ListWorkflowRulesResponse> ListWorkflowRulesAsync(ListWorkflowRulesRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ListWorkflowRules", req, ListWorkflowRulesResponse.Parser, options);

    /// <summary>Calls <c>PatchSchedule</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<PatchScheduleResponse> PatchScheduleAsync(PatchScheduleRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("PatchSchedule", req, PatchScheduleResponse.Parser, options);

    /// <summary>Calls <c>PauseActivityExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<PauseActivityExecutionResponse> PauseActivityExecutionAsync(PauseActivityExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("PauseActivityExecution", req, PauseActivityExecutionResponse.Parser, options);

    /// <summary>Calls <c>PauseActivity</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<PauseActivityResponse> PauseActivityAsync(PauseActivityRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("PauseActivity", req, PauseActivityResponse.Parser, options);

    /// <summary>Calls <c>PauseWorkflowExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<PauseWorkflowExecutionResponse> PauseWorkflowExecutionAsync(PauseWorkflowExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("PauseWorkflowExecution", req, PauseWorkflowExecutionResponse.Parser, options);

    /// <summary>Calls <c>PollActivityExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<PollActivityExecutionResponse> PollActivityExecutionAsync(PollActivityExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("PollActivityExecution", req, PollActivityExecutionResponse.Parser, options);

    /// <summary>Calls <c>PollActivityTaskQueue</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<PollActivityTaskQueueResponse> PollActivityTaskQueueAsync(PollActivityTaskQueueRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("PollActivityTaskQueue", req, PollActivityTaskQueueResponse.Parser, options);

    /// <summary>Calls <c>PollNexusOperationExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<PollNexusOperationExecutionResponse> PollNexusOperationExecutionAsync(PollNexusOperationExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("PollNexusOperationExecution", req, PollNexusOperationExecutionResponse.Parser, options);

    /// <summary>Calls <c>PollNexusTaskQueue</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<PollNexusTaskQueueResponse> PollNexusTaskQueueAsync(PollNexusTaskQueueRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("PollNexusTaskQueue", req, PollNexusTaskQueueResponse.Parser, options);

    /// <summary>Calls <c>PollWorkflowExecutionTimeSkipping</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<PollWorkflowExecutionTimeSkippingResponse> PollWorkflowExecutionTimeSkippingAsync(PollWorkflowExecutionTimeSkippingRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("PollWorkflowExecutionTimeSkipping", req, PollWorkflowExecutionTimeSkippingResponse.Parser, options);

    /// <summary>Calls <c>PollWorkflowExecutionUpdate</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<PollWorkflowExecutionUpdateResponse> PollWorkflowExecutionUpdateAsync(PollWorkflowExecutionUpdateRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("PollWorkflowExecutionUpdate", req, PollWorkflowExecutionUpdateResponse.Parser, options);

    /// <summary>Calls <c>PollWorkflowTaskQueue</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<PollWorkflowTaskQueueResponse> PollWorkflowTaskQueueAsync(PollWorkflowTaskQueueRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("PollWorkflowTaskQueue", req, PollWorkflowTaskQueueResponse.Parser, options);

    /// <summary>Calls <c>QueryWorkflow</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<QueryWorkflowResponse> QueryWorkflowAsync(QueryWorkflowRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("QueryWorkflow", req, QueryWorkflowResponse.Parser, options);

    /// <summary>Calls <c>RecordActivityTaskHeartbeatById</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RecordActivityTaskHeartbeatByIdResponse> RecordActivityTaskHeartbeatByIdAsync(RecordActivityTaskHeartbeatByIdRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RecordActivityTaskHeartbeatById", req, RecordActivityTaskHeartbeatByIdResponse.Parser, options);

    /// <summary>Calls <c>RecordActivityTaskHeartbeat</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RecordActivityTaskHeartbeatResponse> RecordActivityTaskHeartbeatAsync(RecordActivityTaskHeartbeatRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RecordActivityTaskHeartbeat", req, RecordActivityTaskHeartbeatResponse.Parser, options);

    /// <summary>Calls <c>RecordWorkerHeartbeat</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RecordWorkerHeartbeatResponse> RecordWorkerHeartbeatAsync(RecordWorkerHeartbeatRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RecordWorkerHeartbeat", req, RecordWorkerHeartbeatResponse.Parser, options);

    /// <summary>Calls <c>RegisterNamespace</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RegisterNamespaceResponse> RegisterNamespaceAsync(RegisterNamespaceRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RegisterNamespace", req, RegisterNamespaceResponse.Parser, options);

    /// <summary>Calls <c>RequestCancelActivityExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RequestCancelActivityExecutionResponse> RequestCancelActivityExecutionAsync(RequestCancelActivityExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RequestCancelActivityExecution", req, RequestCancelActivityExecutionResponse.Parser, options);

    /// <summary>Calls <c>RequestCancelNexusOperationExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RequestCancelNexusOperationExecutionResponse> RequestCancelNexusOperationExecutionAsync(RequestCancelNexusOperationExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RequestCancelNexusOperationExecution", req, RequestCancelNexusOperationExecutionResponse.Parser, options);

    /// <summary>Calls <c>RequestCancelWorkflowExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RequestCancelWorkflowExecutionResponse> RequestCancelWorkflowExecutionAsync(RequestCancelWorkflowExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RequestCancelWorkflowExecution", req, RequestCancelWorkflowExecutionResponse.Parser, options);

    /// <summary>Calls <c>ResetActivityExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ResetActivityExecutionResponse> ResetActivityExecutionAsync(ResetActivityExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ResetActivityExecution", req, ResetActivityExecutionResponse.Parser, options);

    /// <summary>Calls <c>ResetActivity</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ResetActivityResponse> ResetActivityAsync(ResetActivityRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ResetActivity", req, ResetActivityResponse.Parser, options);

    /// <summary>Calls <c>ResetStickyTaskQueue</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ResetStickyTaskQueueResponse> ResetStickyTaskQueueAsync(ResetStickyTaskQueueRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ResetStickyTaskQueue", req, ResetStickyTaskQueueResponse.Parser, options);

    /// <summary>Calls <c>ResetWorkflowExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ResetWorkflowExecutionResponse> ResetWorkflowExecutionAsync(ResetWorkflowExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ResetWorkflowExecution", req, ResetWorkflowExecutionResponse.Parser, options);

    /// <summary>Calls <c>RespondActivityTaskCanceledById</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RespondActivityTaskCanceledByIdResponse> RespondActivityTaskCanceledByIdAsync(RespondActivityTaskCanceledByIdRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RespondActivityTaskCanceledById", req, RespondActivityTaskCanceledByIdResponse.Parser, options);

    /// <summary>Calls <c>RespondActivityTaskCanceled</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RespondActivityTaskCanceledResponse> RespondActivityTaskCanceledAsync(RespondActivityTaskCanceledRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RespondActivityTaskCanceled", req, RespondActivityTaskCanceledResponse.Parser, options);

    /// <summary>Calls <c>RespondActivityTaskCompletedById</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RespondActivityTaskCompletedByIdResponse> RespondActivityTaskCompletedByIdAsync(RespondActivityTaskCompletedByIdRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RespondActivityTaskCompletedById", req, RespondActivityTaskCompletedByIdResponse.Parser, options);

    /// <summary>Calls <c>RespondActivityTaskCompleted</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RespondActivityTaskCompletedResponse> RespondActivityTaskCompletedAsync(RespondActivityTaskCompletedRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RespondActivityTaskCompleted", req, RespondActivityTaskCompletedResponse.Parser, options);

    /// <summary>Calls <c>RespondActivityTaskFailedById</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RespondActivityTaskFailedByIdResponse> RespondActivityTaskFailedByIdAsync(RespondActivityTaskFailedByIdRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RespondActivityTaskFailedById", req, RespondActivityTaskFailedByIdResponse.Parser, options);

    /// <summary>Calls <c>RespondActivityTaskFailed</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RespondActivityTaskFailedResponse> RespondActivityTaskFailedAsync(RespondActivityTaskFailedRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RespondActivityTaskFailed", req, RespondActivityTaskFailedResponse.Parser, options);

    /// <summary>Calls <c>RespondNexusTaskCompleted</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RespondNexusTaskCompletedResponse> RespondNexusTaskCompletedAsync(RespondNexusTaskCompletedRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RespondNexusTaskCompleted", req, RespondNexusTaskCompletedResponse.Parser, options);

    /// <summary>Calls <c>RespondNexusTaskFailed</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RespondNexusTaskFailedResponse> RespondNexusTaskFailedAsync(RespondNexusTaskFailedRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RespondNexusTaskFailed", req, RespondNexusTaskFailedResponse.Parser, options);

    /// <summary>Calls <c>RespondQueryTaskCompleted</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RespondQueryTaskCompletedResponse> RespondQueryTaskCompletedAsync(RespondQueryTaskCompletedRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RespondQueryTaskCompleted", req, RespondQueryTaskCompletedResponse.Parser, options);

    /// <summary>Calls <c>RespondWorkflowTaskCompleted</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RespondWorkflowTaskCompletedResponse> RespondWorkflowTaskCompletedAsync(RespondWorkflowTaskCompletedRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RespondWorkflowTaskCompleted", req, RespondWorkflowTaskCompletedResponse.Parser, options);

    /// <summary>Calls <c>RespondWorkflowTaskFailed</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<RespondWorkflowTaskFailedResponse> RespondWorkflowTaskFailedAsync(RespondWorkflowTaskFailedRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("RespondWorkflowTaskFailed", req, RespondWorkflowTaskFailedResponse.Parser, options);

    /// <summary>Calls <c>ScanWorkflowExecutions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ScanWorkflowExecutionsResponse> ScanWorkflowExecutionsAsync(ScanWorkflowExecutionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ScanWorkflowExecutions", req, ScanWorkflowExecutionsResponse.Parser, options);

    /// <summary>Calls <c>SetCurrentDeployment</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<SetCurrentDeploymentResponse> SetCurrentDeploymentAsync(SetCurrentDeploymentRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("SetCurrentDeployment", req, SetCurrentDeploymentResponse.Parser, options);

    /// <summary>Calls <c>SetWorkerDeploymentCurrentVersion</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<SetWorkerDeploymentCurrentVersionResponse> SetWorkerDeploymentCurrentVersionAsync(SetWorkerDeploymentCurrentVersionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("SetWorkerDeploymentCurrentVersion", req, SetWorkerDeploymentCurrentVersionResponse.Parser, options);

    /// <summary>Calls <c>SetWorkerDeploymentManager</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<SetWorkerDeploymentManagerResponse> SetWorkerDeploymentManagerAsync(SetWorkerDeploymentManagerRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("SetWorkerDeploymentManager", req, SetWorkerDeploymentManagerResponse.Parser, options);

    /// <summary>Calls <c>SetWorkerDeploymentRampingVersion</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<SetWorkerDeploymentRampingVersionResponse> SetWorkerDeploymentRampingVersionAsync(SetWorkerDeploymentRampingVersionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("SetWorkerDeploymentRampingVersion", req, SetWorkerDeploymentRampingVersionResponse.Parser, options);

    /// <summary>Calls <c>ShutdownWorker</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ShutdownWorkerResponse> ShutdownWorkerAsync(ShutdownWorkerRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ShutdownWorker", req, ShutdownWorkerResponse.Parser, options);

    /// <summary>Calls <c>SignalWithStartWorkflowExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<SignalWithStartWorkflowExecutionResponse> SignalWithStartWorkflowExecutionAsync(SignalWithStartWorkflowExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("SignalWithStartWorkflowExecution", req, SignalWithStartWorkflowExecutionResponse.Parser, options);

    /// <summary>Calls <c>SignalWorkflowExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<SignalWorkflowExecutionResponse> SignalWorkflowExecutionAsync(SignalWorkflowExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("SignalWorkflowExecution", req, SignalWorkflowExecutionResponse.Parser, options);

    /// <summary>Calls <c>StartActivityExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<StartActivityExecutionResponse> StartActivityExecutionAsync(StartActivityExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("StartActivityExecution", req, StartActivityExecutionResponse.Parser, options);

    /// <summary>Calls <c>StartBatchOperation</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<StartBatchOperationResponse> StartBatchOperationAsync(StartBatchOperationRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("StartBatchOperation", req, StartBatchOperationResponse.Parser, options);

    /// <summary>Calls <c>StartNexusOperationExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<StartNexusOperationExecutionResponse> StartNexusOperationExecutionAsync(StartNexusOperationExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("StartNexusOperationExecution", req, StartNexusOperationExecutionResponse.Parser, options);

    /// <summary>Calls <c>StartWorkflowExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<StartWorkflowExecutionResponse> StartWorkflowExecutionAsync(StartWorkflowExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("StartWorkflowExecution", req, StartWorkflowExecutionResponse.Parser, options);

    /// <summary>Calls <c>StopBatchOperation</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<StopBatchOperationResponse> StopBatchOperationAsync(StopBatchOperationRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("StopBatchOperation", req, StopBatchOperationResponse.Parser, options);

    /// <summary>Calls <c>TerminateActivityExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<TerminateActivityExecutionResponse> TerminateActivityExecutionAsync(TerminateActivityExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("TerminateActivityExecution", req, TerminateActivityExecutionResponse.Parser, options);

    /// <summary>Calls <c>TerminateNexusOperationExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<TerminateNexusOperationExecutionResponse> TerminateNexusOperationExecutionAsync(TerminateNexusOperationExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("TerminateNexusOperationExecution", req, TerminateNexusOperationExecutionResponse.Parser, options);

    /// <summary>Calls <c>TerminateWorkflowExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<TerminateWorkflowExecutionResponse> TerminateWorkflowExecutionAsync(TerminateWorkflowExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("TerminateWorkflowExecution", req, TerminateWorkflowExecutionResponse.Parser, options);

    /// <summary>Calls <c>TriggerWorkflowRule</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<TriggerWorkflowRuleResponse> TriggerWorkflowRuleAsync(TriggerWorkflowRuleRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("TriggerWorkflowRule", req, TriggerWorkflowRuleResponse.Parser, options);

    /// <summary>Calls <c>UnpauseActivityExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UnpauseActivityExecutionResponse> UnpauseActivityExecutionAsync(UnpauseActivityExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UnpauseActivityExecution", req, UnpauseActivityExecutionResponse.Parser, options);

    /// <summary>Calls <c>UnpauseActivity</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UnpauseActivityResponse> UnpauseActivityAsync(UnpauseActivityRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UnpauseActivity", req, UnpauseActivityResponse.Parser, options);

    /// <summary>Calls <c>UnpauseWorkflowExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UnpauseWorkflowExecutionResponse> UnpauseWorkflowExecutionAsync(UnpauseWorkflowExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UnpauseWorkflowExecution", req, UnpauseWorkflowExecutionResponse.Parser, options);

    /// <summary>Calls <c>UpdateActivityExecutionOptions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateActivityExecutionOptionsResponse> UpdateActivityExecutionOptionsAsync(UpdateActivityExecutionOptionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateActivityExecutionOptions", req, UpdateActivityExecutionOptionsResponse.Parser, options);

    /// <summary>Calls <c>UpdateActivityOptions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateActivityOptionsResponse> UpdateActivityOptionsAsync(UpdateActivityOptionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateActivityOptions", req, UpdateActivityOptionsResponse.Parser, options);

    /// <summary>Calls <c>UpdateNamespace</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateNamespaceResponse> UpdateNamespaceAsync(UpdateNamespaceRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateNamespace", req, UpdateNamespaceResponse.Parser, options);

    /// <summary>Calls <c>UpdateSchedule</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateScheduleResponse> UpdateScheduleAsync(UpdateScheduleRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateSchedule", req, UpdateScheduleResponse.Parser, options);

    /// <summary>Calls <c>UpdateTaskQueueConfig</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateTaskQueueConfigResponse> UpdateTaskQueueConfigAsync(UpdateTaskQueueConfigRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateTaskQueueConfig", req, UpdateTaskQueueConfigResponse.Parser, options);

    /// <summary>Calls <c>UpdateWorkerBuildIdCompatibility</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateWorkerBuildIdCompatibilityResponse> UpdateWorkerBuildIdCompatibilityAsync(UpdateWorkerBuildIdCompatibilityRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateWorkerBuildIdCompatibility", req, UpdateWorkerBuildIdCompatibilityResponse.Parser, options);

    /// <summary>Calls <c>UpdateWorkerConfig</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateWorkerConfigResponse> UpdateWorkerConfigAsync(UpdateWorkerConfigRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateWorkerConfig", req, UpdateWorkerConfigResponse.Parser, options);

    /// <summary>Calls <c>UpdateWorkerDeploymentVersionComputeConfig</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateWorkerDeploymentVersionComputeConfigResponse> UpdateWorkerDeploymentVersionComputeConfigAsync(UpdateWorkerDeploymentVersionComputeConfigRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateWorkerDeploymentVersionComputeConfig", req, UpdateWorkerDeploymentVersionComputeConfigResponse.Parser, options);

    /// <summary>Calls <c>UpdateWorkerDeploymentVersionMetadata</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateWorkerDeploymentVersionMetadataResponse> UpdateWorkerDeploymentVersionMetadataAsync(UpdateWorkerDeploymentVersionMetadataRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateWorkerDeploymentVersionMetadata", req, UpdateWorkerDeploymentVersionMetadataResponse.Parser, options);

    /// <summary>Calls <c>UpdateWorkerVersioningRules</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateWorkerVersioningRulesResponse> UpdateWorkerVersioningRulesAsync(UpdateWorkerVersioningRulesRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateWorkerVersioningRules", req, UpdateWorkerVersioningRulesResponse.Parser, options);

    /// <summary>Calls <c>UpdateWorkflowExecutionOptions</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateWorkflowExecutionOptionsResponse> UpdateWorkflowExecutionOptionsAsync(UpdateWorkflowExecutionOptionsRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateWorkflowExecutionOptions", req, UpdateWorkflowExecutionOptionsResponse.Parser, options);

    /// <summary>Calls <c>UpdateWorkflowExecution</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<UpdateWorkflowExecutionResponse> UpdateWorkflowExecutionAsync(UpdateWorkflowExecutionRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UpdateWorkflowExecution", req, UpdateWorkflowExecutionResponse.Parser, options);

    /// <summary>Calls <c>ValidateWorkerDeploymentVersionComputeConfig</c>.</summary>
    /// <param name="req">The request.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    public Task<ValidateWorkerDeploymentVersionComputeConfigResponse> ValidateWorkerDeploymentVersionComputeConfigAsync(ValidateWorkerDeploymentVersionComputeConfigRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("ValidateWorkerDeploymentVersionComputeConfig", req, ValidateWorkerDeploymentVersionComputeConfigResponse.Parser, options);
}
