using Google.Protobuf.Collections;
using Temporalio.Api.Sdk.V1;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>The behaviour flags of a run: what its history already relies on, and what this worker adds. The numbers are
/// those of the official SDKs, because they are written into histories.</summary>
internal sealed class InternalFlags
{
    private const uint ModernEventLoop = 2;

    private static readonly CoreFlag[] AllCoreFlags = Enum.GetValues<CoreFlag>();

    private readonly HashSet<uint> core = [];
    private readonly HashSet<uint> language = [];
    private string sdkName = string.Empty;
    private string sdkVersion = string.Empty;

    /// <summary>Takes over what a completed task of the history recorded.</summary>
    public void Observe(WorkflowTaskCompletedMetadata? metadata)
    {
        if (metadata == null)
        {
            return;
        }

        core.UnionWith(metadata.CoreUsedFlags);
        language.UnionWith(metadata.LangUsedFlags);
        sdkName = metadata.SdkName.Length > 0 ? metadata.SdkName : sdkName;
        sdkVersion = metadata.SdkVersion.Length > 0 ? metadata.SdkVersion : sdkVersion;
    }

    /// <summary>Whether the behaviour applies: always in new tasks, on replay only if the history relies on it.</summary>
    public bool IsInUse(CoreFlag flag, bool isReplaying) => !isReplaying || core.Contains((uint)flag);

    /// <summary>What the completion of a task must record: every flag and name that the history does not have yet.</summary>
    public WorkflowTaskCompletedMetadata TakeUnrecorded(string name, string version)
    {
        var metadata = new WorkflowTaskCompletedMetadata();
        AddNew(metadata.CoreUsedFlags, core, AllCoreFlags.Select(flag => (uint)flag));
        AddNew(metadata.LangUsedFlags, language, [ModernEventLoop]);
        if (sdkName != name || sdkVersion != version)
        {
            metadata.SdkName = sdkName = name;
            metadata.SdkVersion = sdkVersion = version;
        }

        return metadata;
    }

    private static void AddNew(RepeatedField<uint> target, HashSet<uint> known, IEnumerable<uint> flags)
    {
        foreach (var flag in flags)
        {
            if (known.Add(flag))
            {
                target.Add(flag);
            }
        }
    }
}
