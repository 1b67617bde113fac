using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace ImageLibrary.Storage.Files;

/// <summary>
/// The folder of unfinished files within a cache folder. A name tells which process writes the file, so that a start clears
/// what a crash left and nothing that is still being written, be it by another process or another machine.
/// </summary>
internal sealed class TemporaryFiles
{
    /// <summary>Name of the folder.</summary>
    public const string Folder = "tmp";

    // Whether a process of another machine or container still runs cannot be seen from here.
    private static readonly TimeSpan ForeignLeftoverAge = TimeSpan.FromHours(24);

    private static readonly string Host = HostToken();
    private static readonly string Process = string.Create(
        CultureInfo.InvariantCulture, $"{Host}.{Environment.ProcessId}.{StartTime(Environment.ProcessId)}");

    private static long _count;

    private readonly string _folder;

    public TemporaryFiles(string root, TimeProvider time)
    {
        _folder = Path.Combine(root, Folder);
        Directory.CreateDirectory(_folder);
        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            if (IsLeftover(file, time))
            {
                Discard(file);
            }
        }
    }

    /// <summary>A path that nobody else uses.</summary>
    public string NewPath() =>
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{Process}.{Interlocked.Increment(ref _count)}"));

    /// <summary>Deletes an unfinished file; what cannot be deleted is cleared by a later start.</summary>
    public static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            // Space and a later start are all that it costs.
        }
    }

    private static bool IsLeftover(string file, TimeProvider time)
    {
        var parts = Path.GetFileName(file).Split('.');
        return parts is [var host, var process, var started, _] && host == Host && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? StartTime(id) != started
            : time.GetUtcNow() - File.GetLastWriteTimeUtc(file) > ForeignLeftoverAge;
    }

    // Process ids are unique within one machine and one namespace; containers often have the same name or the same ids.
    private static string HostToken()
    {
        var space = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
        return XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(Environment.MachineName + space)).ToString("x8", CultureInfo.InvariantCulture);
    }

    // Ids are reused, in containers at once; the start time tells one process from the next (field 22 of stat, man proc_pid_stat).
    private static string StartTime(int process)
    {
        const int fieldAfterName = 22 - 3;
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[fieldAfterName];
        }
        catch (IOException)
        {
            return "";
        }
    }
}
