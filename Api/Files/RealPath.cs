namespace ImageLibrary.Api.Files;

/// <summary>Paths without symbolic links, to tell what lies within what.</summary>
public static class RealPath
{
    // As many as Linux follows.
    private const int MaxLinks = 40;

    /// <summary>Follows every link in an absolute path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The path without links; null when something is missing or links form a circle.</returns>
    public static string? Of(string path)
    {
        var pending = new Stack<string>();
        Push(pending, path);
        var current = "/";
        var links = 0;
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                current = Path.GetDirectoryName(current) ?? "/";
                continue;
            }
            var next = Path.Combine(current, part);
            var info = new FileInfo(next);
            if (info.LinkTarget is { } target)
            {
                if (++links > MaxLinks)
                {
                    return null;
                }
                Push(pending, target);
                current = Path.IsPathRooted(target) ? "/" : current;
                continue;
            }
            current = next;
        }
        return Path.Exists(current) ? current : null;
    }

    /// <summary>Whether a path is a folder or lies beneath it; both without links.</summary>
    /// <param name="path">The path.</param>
    /// <param name="folder">The folder.</param>
    public static bool IsWithin(string path, string folder) =>
        path == folder || folder == "/" || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static void Push(Stack<string> pending, string path)
    {
        foreach (var part in path.Split('/').Reverse())
        {
            if (part is not ("" or "."))
            {
                pending.Push(part);
            }
        }
    }
}
