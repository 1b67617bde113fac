namespace ImageLibrary.Cli.Settings;

/// <summary>A value and where it was set.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Source">Where it was set, in words.</param>
internal sealed record Setting<T>(T Value, string Source);
