using System.Text;

namespace ImageLibrary.Core;

/// <summary>
/// The file that marks a folder of derivatives as a cache. Backup programs leave such folders out, and so does every scan, whichever
/// data folder it belongs to. Tags of other programs, or of people, do not keep pictures out. Source: https://bford.info/cachedir/.
/// </summary>
public static class CacheFolderTag
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "CACHEDIR.TAG";

    /// <summary>What the file holds.</summary>
    public const string Content = Own + "; see https://bford.info/cachedir/\n";

    // The first line is that of every such tag.
    private const string Own = "Signature: 8a477f597d28d172789f06886806bc55\n# Derivatives made by ImageLibrary";

    /// <summary>Whether a folder is marked by this program.</summary>
    /// <param name="folder">Absolute path.</param>
    /// <returns>False also when the file cannot be read.</returns>
    public static bool Marks(string folder)
    {
        try
        {
            // A pipe has no length, and opening one would wait for whoever writes to it; a link does not count.
            var file = new FileInfo(Path.Combine(folder, FileName));
            if (!file.Exists || file.LinkTarget is not null || file.Length < Own.Length)
            {
                return false;
            }
            using var stream = file.OpenRead();
            var head = new byte[Own.Length];
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
                && Encoding.Latin1.GetString(head) == Own;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
