using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Xunit;

namespace ImageLibrary.Tests.Cli.Tests;

public sealed class PrecompiledTests : ProgramTests
{
    /// <summary>The program, a library of ours and a package.</summary>
    [Theory]
    [InlineData("imagelibrary.dll")]
    [InlineData("ImageLibrary.Imaging.dll")]
    [InlineData("System.CommandLine.dll")]
    public void Build_OfRelease_HasMachineCode(string file)
    {
        var folder = Path.GetDirectoryName(ProgramPath())!;
        Assert.SkipUnless(
            folder.Contains("Release", StringComparison.Ordinal) && RuntimeInformation.RuntimeIdentifier == "linux-x64"
            && Environment.GetEnvironmentVariable("Precompile") is null,
            "only release builds on 64-bit Linux are precompiled, and only where NuGet serves crossgen2");
        using var image = new PEReader(File.OpenRead(Path.Combine(folder, file)));

        Assert.NotEqual(0, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }
}
