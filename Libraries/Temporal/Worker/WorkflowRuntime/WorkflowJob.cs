using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.WorkflowRuntime.Machines;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>One thing that a workflow learns in an activation. Jobs are applied in the order of <see cref="Rank"/>, then
/// of their arrival, which replay repeats.</summary>
internal abstract record WorkflowJob(int Rank);

/// <summary>The history has the marker of a patch.</summary>
internal sealed record PatchNoticeJob(string PatchId) : WorkflowJob(0);

/// <summary>A reset gave the run another seed.</summary>
internal sealed record RandomSeedJob(string RunId) : WorkflowJob(1);

/// <summary>A signal came.</summary>
internal sealed record SignalJob(WorkflowExecutionSignaledEventAttributes Signal) : WorkflowJob(2);

/// <summary>An update came.</summary>
internal sealed record UpdateJob(UpdateMachine Update, bool RunValidator) : WorkflowJob(2);

/// <summary>The workflow was asked to cancel.</summary>
internal sealed record CancelJob() : WorkflowJob(3);

/// <summary>Something that the workflow waits for was resolved.</summary>
internal sealed record ResolutionJob(Action Resolve) : WorkflowJob(3);

/// <summary>A query to answer; always alone in its activation.</summary>
internal sealed record QueryJob(string Id, string QueryType, Payloads? Arguments, Header? Header) : WorkflowJob(4);
