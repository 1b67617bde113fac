using Google.Protobuf;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>A stretch of history and the token for the next one, empty after the last.</summary>
internal sealed record HistoryPage(IReadOnlyList<HistoryEvent> Events, ByteString NextPageToken);
