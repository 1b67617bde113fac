namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Behaviours that change histories and therefore are recorded in them.</summary>
internal enum CoreFlag : uint
{
    /// <summary>Ids and types of commands are compared with their events.</summary>
    IdAndTypeChecks = 1,

    /// <summary>A patch also upserts the search attribute of change versions.</summary>
    UpsertSearchAttributeOnPatch = 2,

    /// <summary>Commands after a terminal one are kept and put before it, instead of dropped.</summary>
    MoveTerminalCommandLast = 3,
}
