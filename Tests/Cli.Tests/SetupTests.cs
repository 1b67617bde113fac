using Xunit;

namespace ImageLibrary.Tests.Cli.Tests;

/// <summary>When <c>./run</c> builds again.</summary>
public sealed class SetupTests : ProgramTests, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("imagelibrary-setup-").FullName;

    [Theory]
    [InlineData("mkdir -p Cli/bin Cli/obj && touch Cli/bin/program Cli/obj/list", false)]
    [InlineData("touch -d 'now + 1 hour' Cli/Program.cs", true)]
    [InlineData("touch -d 2001-01-01 Cli/Old.cs", true)]
    [InlineData("rm Cli/Program.cs", true)]
    public async Task Sources_AfterABuild_CountAsChangedOnlyWhenTheyAre(string change, bool changed)
    {
        Directory.CreateDirectory(Path.Combine(_root, "build"));
        Directory.CreateDirectory(Path.Combine(_root, "Cli"));
        await File.WriteAllTextAsync(Path.Combine(_root, "Cli", "Program.cs"), "", TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(RepositoryRoot(), "build", "setup.sh"), Path.Combine(_root, "build", "setup.sh"));
        var script = $"""
            set -euo pipefail
            cd '{_root}'
            source build/setup.sh
            stamp program "$(date +%s --date '1 minute')" Cli
            {change}
            if changed_since program Cli; then exit 10; fi
            """;

        var (code, _, errors) = await StartAsync("bash", ["-c", script]);

        Assert.Equal((changed ? 10 : 0, 0), (code, errors.Length));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
