using System.Globalization;
using System.Runtime.InteropServices;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Finds and signals the processes that a process has started.</summary>
internal static partial class ProcessTree
{
    private const int SigTerm = 15;
    private const int SigKill = 9;
    private const int SigStop = 19;
    private const int SigCont = 18;

    /// <summary>The process and its descendants.</summary>
    public static IReadOnlyList<int> Of(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: Parent(id)))
            .ToLookup(entry => entry.Parent, entry => entry.Id);
        var tree = new List<int> { root };
        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(children[tree[i]]);
        }
        return tree;
    }

    public static void Kill(IEnumerable<int> processes)
    {
        foreach (var id in processes)
        {
            _ = Signal(id, SigKill);
        }
    }

    /// <summary>Lets a process stand still.</summary>
    public static void Stop(int process) => _ = Signal(process, SigStop);

    public static void Continue(int process) => _ = Signal(process, SigCont);

    public static void Terminate(int process) => _ = Signal(process, SigTerm);

    /// <summary>Resident memory of the processes in bytes; shared pages are counted once, as proportional set size.</summary>
    public static long Memory(IEnumerable<int> processes) => processes.Sum(id =>
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/smaps_rollup").First(text => text.StartsWith("Pss:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    });

    private static int Parent(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
