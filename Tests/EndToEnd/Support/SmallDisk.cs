using System.Diagnostics;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>A small file system in memory, which a test can fill up.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string BallastName = "ballast";
    private readonly string root;

    private SmallDisk(string root) => this.root = root;

    public string this[string name] => Path.Combine(root, name);

    /// <summary>Mounts one; skips the test where that is not allowed.</summary>
    public static SmallDisk Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        Assert.SkipUnless(
            Environment.UserName == "root" && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder),
            "needs the right to mount a small file system: run the tests as root, in a container with CAP_SYS_ADMIN");
        return new SmallDisk(folder);
    }

    /// <summary>Takes all space that is left, but for some bytes.</summary>
    public void Fill(int but = 0)
    {
        using var ballast = new FileStream(this[BallastName], FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var page = new byte[Environment.SystemPageSize];
        try
        {
            while (true)
            {
                ballast.Write(page);
            }
        }
        catch (IOException)
        {
            // Full.
        }
        ballast.SetLength(Math.Max(0, ballast.Length - but));
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(this[BallastName]);

    // A process that was killed a moment ago may still hold a file.
    public void Dispose() => Assert.True(SpinWait.SpinUntil(() => Run("umount", root), TimeSpan.FromMinutes(1)));

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
