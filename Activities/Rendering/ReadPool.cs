namespace ImageLibrary.Activities;

/// <summary>The threads that read pictures ahead of the rendering, so that it never waits for a disk while there is work.</summary>
/// <param name="settings">How many: as many as render, since a sequential archive is unpacked by them.</param>
public sealed class ReadPool(ActivitySettings settings) : BackgroundThreads("read", settings.Workers);
