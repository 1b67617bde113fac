using Microsoft.Extensions.Logging;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>Log messages.</content>
internal sealed partial class WorkflowInstance
{
    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The arguments of signal {Signal} do not fit; it is dropped")]
        public static partial void SignalDropped(ILogger logger, Exception exception, string signal);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Workflow {WorkflowId} ended while the {Kind} handler {Handler} (update id {UpdateId}) was running, "
                + "which may have interrupted its work; await Workflow.AllHandlersFinished before the end, or set the "
                + "handler's UnfinishedPolicy to Abandon")]
        public static partial void HandlerUnfinished(
            ILogger logger, string workflowId, string kind, string handler, string? updateId);
    }
}
