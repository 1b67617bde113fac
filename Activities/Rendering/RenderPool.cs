namespace ImageLibrary.Activities;

/// <summary>The threads that render, one pool for all batches of the process.</summary>
/// <param name="settings">How many.</param>
public sealed class RenderPool(ActivitySettings settings) : BackgroundThreads("render", settings.Workers, nice: 10);
