using System.Text;

namespace ImageLibrary.Core;

/// <summary>
/// The file that marks a folder as a cache: what lies there was made from something else. Backup programs leave such folders out,
/// and so does every scan, whichever program or data folder the cache belongs to. Source: https://bford.info/cachedir/.
/// </summary>
public static class CacheFolderTag
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "CACHEDIR.TAG";

    /// <summary>What the file begins with; anything may follow.</summary>
    public const string Signature = "Signature: 8a477f597d28d172789f06886806bc55";

    /// <summary>Whether a folder is marked.</summary>
    /// <param name="folder">Absolute path.</param>
    /// <returns>False also when the file cannot be read.</returns>
    public static bool Marks(string folder)
    {
        try
        {
            // A pipe has no length, and opening one would wait for whoever writes to it; a link does not count.
            var file = new FileInfo(Path.Combine(folder, FileName));
            if (!file.Exists || file.LinkTarget is not null || file.Length < Signature.Length)
            {
                return false;
            }
            using var stream = file.OpenRead();
            var head = new byte[Signature.Length];
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
                && Encoding.Latin1.GetString(head) == Signature;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
