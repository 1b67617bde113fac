using Xunit;

namespace ImageLibrary.Tests.Cli.Tests;

/// <summary>When <c>./run</c> builds again, and which packages it misses.</summary>
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
        Directory.CreateDirectory(Path.Combine(_root, "Cli"));
        await File.WriteAllTextAsync(Path.Combine(_root, "Cli", "Program.cs"), "", TestContext.Current.CancellationToken);

        var (code, _, errors) = await SetUpAsync($"""
            stamp program "$(date +%s --date '1 minute')" Cli
            {change}
            if changed_since program Cli; then exit 10; fi
            """);

        Assert.Equal((changed ? 10 : 0, 0), (code, errors.Length));
    }

    [Theory]
    [InlineData("echo install ok installed; echo dpkg-query: no packages found >&2; exit 1", null)]
    [InlineData("echo install ok installed", null)]
    [InlineData("echo dpkg-query: no packages found >&2; exit 1", "sudo apt-get install -y one two")]
    [InlineData("echo deinstall ok config-files; exit 1", "sudo apt-get install -y one two")]
    public async Task Packages_AsDpkgTellsOfThem_AreThereOrThePersonIsToldTheCommand(string dpkg, string? command)
    {
        var (code, output, errors) = await SetUpAsync($$"""
            dpkg-query() { {{dpkg}}; }
            apt-get() { exit 20; }
            id() { echo 1000; }
            debian_packages one two
            echo goes on
            """);

        Assert.Equal(command is null ? (0, "goes on\n") : (1, ""), (code, output));
        Assert.True(command is null ? errors.Length == 0 : Assert.Single(errors).EndsWith(command, StringComparison.Ordinal), string.Join('\n', errors));
    }

    private Task<(int Code, string Output, string[] Errors)> SetUpAsync(string script)
    {
        Directory.CreateDirectory(Path.Combine(_root, "build"));
        File.Copy(Path.Combine(RepositoryRoot(), "build", "setup.sh"), Path.Combine(_root, "build", "setup.sh"));
        return StartAsync("bash", ["-c", $"""
            set -euo pipefail
            cd '{_root}'
            source build/setup.sh
            {script}
            """]);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
