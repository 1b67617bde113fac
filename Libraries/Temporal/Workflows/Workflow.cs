using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Workflows;

/// <summary>Everything that workflow code may do besides computing. Unless noted, members work only inside a workflow
/// and throw <see cref="InvalidOperationException"/> elsewhere.</summary>
public static partial class Workflow
{
    // Conditions are checked outside of the workflow's task scheduler, yet must see its context.
    [ThreadStatic]
    private static IWorkflowContext? overriddenContext;

    /// <summary>Whether every signal and update handler that began has ended; to be awaited before the run ends.</summary>
    public static bool AllHandlersFinished => Context.AllHandlersFinished;

    /// <summary>Requested to cancel when the workflow is asked to cancel.</summary>
    public static CancellationToken CancellationToken => Context.CancellationToken;

    /// <summary>Whether the server suggests to continue as new.</summary>
    public static bool ContinueAsNewSuggested => Context.ContinueAsNewSuggested;

    /// <summary>Build id of the worker of the current task; empty if it has none.</summary>
    public static string CurrentBuildId => Context.CurrentBuildId;

    /// <summary>Text for people about the current state, shown by tools that read the workflow's metadata.</summary>
    public static string CurrentDetails
    {
        get => Context.CurrentDetails;
        set => Context.CurrentDetails = value;
    }

    /// <summary>Number of events in the history as of the current task.</summary>
    public static int CurrentHistoryLength => Context.CurrentHistoryLength;

    /// <summary>Size of the history in bytes as of the current task.</summary>
    public static int CurrentHistorySize => Context.CurrentHistorySize;

    /// <summary>Why the server suggests to continue as new; empty if it does not.</summary>
    public static IReadOnlyCollection<SuggestContinueAsNewReason> SuggestedContinueAsNewReasons =>
        Context.SuggestedContinueAsNewReasons;

    /// <summary>The update that the current code handles; null outside of update handlers.</summary>
    public static WorkflowUpdateInfo? CurrentUpdateInfo => Context.CurrentUpdateInfo;

    /// <summary>Handler for queries without one of their own.</summary>
    public static WorkflowQueryDefinition? DynamicQuery
    {
        get => Context.DynamicQuery;
        set => Context.DynamicQuery = value;
    }

    /// <summary>Handler for signals without one of their own. Setting it delivers the signals that waited for one.</summary>
    public static WorkflowSignalDefinition? DynamicSignal
    {
        get => Context.DynamicSignal;
        set => Context.DynamicSignal = value;
    }

    /// <summary>Handler for updates without one of their own.</summary>
    public static WorkflowUpdateDefinition? DynamicUpdate
    {
        get => Context.DynamicUpdate;
        set => Context.DynamicUpdate = value;
    }

    /// <summary>Facts about this run.</summary>
    public static WorkflowInfo Info => Context.Info;

    /// <summary>The instance of the workflow class.</summary>
    public static object Instance => Context.Instance;

    /// <summary>Whether the current code runs inside a workflow. Works everywhere.</summary>
    public static bool InWorkflow => overriddenContext != null || TaskScheduler.Current is IWorkflowContext;

    /// <summary>Logs outside of replay only, with the workflow's identity as scope.</summary>
    public static ILogger Logger => Context.Logger;

    /// <summary>Current memo, values not yet converted.</summary>
    public static IReadOnlyDictionary<string, IRawValue> Memo => Context.Memo;

    /// <summary>Converter of payloads.</summary>
    public static IPayloadConverter PayloadConverter => Context.PayloadConverter;

    /// <summary>Query handlers by name, changeable.</summary>
    public static IDictionary<string, WorkflowQueryDefinition> Queries => Context.Queries;

    /// <summary>Deterministic random numbers, equal on replay.</summary>
    public static DeterministicRandom Random => Context.Random;

    /// <summary>Current search attributes.</summary>
    public static SearchAttributeCollection TypedSearchAttributes => Context.TypedSearchAttributes;

    /// <summary>Signal handlers by name, changeable. Adding one delivers the signals that waited for it.</summary>
    public static IDictionary<string, WorkflowSignalDefinition> Signals => Context.Signals;

    /// <summary>Update handlers by name, changeable. Handlers for updates that may come with the first task belong into
    /// the constructor, because updates run before the run method.</summary>
    public static IDictionary<string, WorkflowUpdateDefinition> Updates => Context.Updates;

    /// <summary>Time of the current workflow task in UTC; does not pass within one task.</summary>
    public static DateTime UtcNow => Context.UtcNow;

    private static IWorkflowContext Context =>
        overriddenContext ?? TaskScheduler.Current as IWorkflowContext ?? throw new InvalidOperationException("Not in workflow");

    /// <summary>Makes a deterministic random identifier, equal on replay.</summary>
    public static Guid NewGuid()
    {
        var bytes = new byte[16];
        Context.Random.NextBytes(bytes);
        // Version 4, variant 1 of RFC 9562, in the byte order of Guid.
        bytes[7] = (byte)((bytes[7] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new(bytes);
    }

    /// <summary>Whether this execution takes the changed path of a workflow definition: true for new executions, and on
    /// replay if the history has the marker of this patch.</summary>
    public static bool Patched(string patchId) => Context.Patch(patchId, deprecated: false);

    /// <summary>Says that no execution without this patch is left, while some may still have its marker.</summary>
    public static void DeprecatePatch(string patchId) => Context.Patch(patchId, deprecated: true);

    /// <summary>Changes the memo.</summary>
    /// <exception cref="ArgumentException">No update, two for one key, or a value that does not convert.</exception>
    public static void UpsertMemo(params MemoUpdate[] updates) => Context.UpsertMemo(updates);

    /// <summary>Changes the search attributes.</summary>
    /// <exception cref="ArgumentException">No update, or two for one key.</exception>
    public static void UpsertTypedSearchAttributes(params SearchAttributeUpdate[] updates) =>
        Context.UpsertTypedSearchAttributes(updates);

    internal static T WithContext<T>(IWorkflowContext context, Func<T> function)
    {
        var previous = overriddenContext;
        overriddenContext = context;
        try
        {
            return function();
        }
        finally
        {
            overriddenContext = previous;
        }
    }

    /// <summary>Escape hatches that can break determinism.</summary>
    public static class Unsafe
    {
        /// <summary>Whether the workflow replays its history or answers a query or validates an update.</summary>
        public static bool IsReplaying => Context.IsReplaying;

        /// <summary>Whether the workflow replays its history; false in queries and validators.</summary>
        public static bool IsReplayingHistoryEvents => Context.IsReplayingHistoryEvents;

        /// <summary>Runs code without the check for tasks that leave the workflow's scheduler. The code must not wait
        /// and must not issue workflow commands.</summary>
        public static T WithTracingEventListenerDisabled<T>(Func<T> fn) => Context.WithTracingEventListenerDisabled(fn);

        /// <summary>Runs code without the check for tasks that leave the workflow's scheduler. The code must not wait
        /// and must not issue workflow commands.</summary>
        public static void WithTracingEventListenerDisabled(Action fn) =>
            Context.WithTracingEventListenerDisabled(() =>
            {
                fn();
                return true;
            });
    }
}
