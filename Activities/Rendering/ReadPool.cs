namespace ImageLibrary.Activities;

/// <summary>
/// The threads that read pictures ahead of the rendering, so that it never waits for a disk while there is work. They do not give
/// way to those that render: an archive is unpacked by one thread, and a share of a core as small as each renderer's would hold
/// all up. There are only so many buffers to read into, so they never keep a core for long.
/// </summary>
/// <param name="settings">How many: as many as render, since a sequential archive is unpacked by them.</param>
public sealed class ReadPool(ActivitySettings settings) : BackgroundThreads("read", settings.Workers, nice: 0);
