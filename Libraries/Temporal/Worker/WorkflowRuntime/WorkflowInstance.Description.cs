using System.Diagnostics;
using Temporalio.Api.Sdk.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>What the built-in queries tell.</content>
internal sealed partial class WorkflowInstance
{
    private WorkflowMetadata DescribeHandlers()
    {
        var description = new Api.Sdk.V1.WorkflowDefinition { Type = Info.WorkflowType };
        description.SignalDefinitions.Add(Describe(signals, handler => handler.Description));
        description.QueryDefinitions.Add(Describe(queries, handler => handler.Description));
        description.UpdateDefinitions.Add(Describe(updates, handler => handler.Description));
        return new() { Definition = description, CurrentDetails = CurrentDetails };
    }

    private static IEnumerable<WorkflowInteractionDefinition> Describe<T>(
        HandlerTable<T> table, Func<T, string?> descriptionOf)
        where T : class
    {
        if (table.Dynamic is { } dynamicHandler)
        {
            yield return new() { Description = descriptionOf(dynamicHandler) ?? string.Empty };
        }

        foreach (var (name, handler) in table.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            yield return new() { Name = name, Description = descriptionOf(handler) ?? string.Empty };
        }
    }

    private string DescribeStacks()
    {
        if (options.StackTrace == WorkflowStackTrace.None)
        {
            throw new InvalidOperationException("Workflow stack traces are not enabled on this worker");
        }

        var stacks = waitingStacks.Select(DescribeStack).Where(stack => stack.Length > 0);
        return string.Join("\n\n", stacks.Select(stack => $"Task waiting at:\n{stack}"));
    }

    /// <summary>The frames of the workflow itself, without those of the runtime around them.</summary>
    private static string DescribeStack(StackTrace stack)
    {
        var lines = stack.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd());
        var inside = lines.SkipWhile(IsRuntimeFrame).Reverse().SkipWhile(IsRuntimeFrame).Reverse();
        return string.Join('\n', inside);
    }

    private static bool IsRuntimeFrame(string line) =>
        line.Contains(" at Temporalio.Worker.", StringComparison.Ordinal)
        || line.Contains(" at System.", StringComparison.Ordinal);
}
