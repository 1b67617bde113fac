namespace ImageLibrary.Cli.Settings;

/// <summary>Which parts a process runs.</summary>
[Flags]
internal enum ServeRole
{
    /// <summary>Workflows and activities.</summary>
    Worker = 1,

    /// <summary>REST interface and page.</summary>
    Api = 2,

    /// <summary>Everything, with an engine of its own unless another one is named.</summary>
    All = Worker | Api,
}
