using System.Diagnostics;
using System.IO.Compression;
using Xunit;

namespace ImageLibrary.Tests.Archives.Support;

/// <summary>A temporary folder in which archives of all kinds are made, by the programs that people use.</summary>
internal sealed class ArchiveFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("archives-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Makes an archive.</summary>
    /// <param name="kind">Extension without the dot, or rar4 and rar5.</param>
    /// <param name="files">Names and contents, in order.</param>
    public string Create(string kind, params (string Name, byte[] Content)[] files)
    {
        var path = System.IO.Path.Combine(Path, $"{Guid.NewGuid():n}.{kind}");
        switch (kind)
        {
            case "rar4":
                File.WriteAllBytes(path, RarWriter.Rar4(files));
                break;
            case "rar5":
                File.WriteAllBytes(path, RarWriter.Rar5(files));
                break;
            case "encrypted.rar5":
                File.WriteAllBytes(path, RarWriter.Rar5(files, encrypted: true));
                break;
            case "zip":
                CreateZip(path, files);
                break;
            case "7z":
                Run("7zz", files, folder => ["a", "-bd", "-mx1", path, .. files.Select(file => file.Name)]);
                break;
            case "bzip2.zip" or "lzma.zip" or "ppmd.zip":
                Run("7zz", files, folder => ["a", "-bd", "-tzip", $"-mm={kind[..^4]}", path, .. files.Select(file => file.Name)]);
                break;
            case "encrypted.7z":
                Run("7zz", files, folder => ["a", "-bd", "-psecret", path, .. files.Select(file => file.Name)]);
                break;
            case "sealed.7z":
                Run("7zz", files, folder => ["a", "-bd", "-psecret", "-mhe=on", path, .. files.Select(file => file.Name)]);
                break;
            default:
                Run("tar", files, folder => ["--auto-compress", "-cf", path, "--", .. files.Select(file => file.Name)]);
                break;
        }

        return path;
    }

    private static void CreateZip(string path, (string Name, byte[] Content)[] files)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in files)
        {
            using var stream = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            stream.Write(content);
        }
    }

    private void Run(string program, (string Name, byte[] Content)[] files, Func<string, string[]> arguments)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, Guid.NewGuid().ToString("n"))).FullName;
        foreach (var (name, content) in files)
        {
            var file = System.IO.Path.Combine(folder, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments(folder))
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"needs the program {program}; on Debian: apt-get install 7zip tar bzip2 xz-utils");
        }
    }
}
