using System.Text.RegularExpressions;
using Xunit;

namespace ImageLibrary.Tests.Architecture;

/// <summary>Workflow code is visible by its file name.</summary>
public sealed partial class WorkflowFileTests
{
    [Fact]
    public void WorkflowClass_OutsideOfWorkflowFile_IsAbsent()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "ImageLibrary.sln")))
        {
            root = root.Parent;
        }
        var sources = Directory.EnumerateFiles(Path.Combine(root.FullName, "Workflows"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(sources);
        var workflows = sources.Where(path => WorkflowClass().IsMatch(File.ReadAllText(path))).ToList();
        Assert.NotEmpty(workflows);
        Assert.All(workflows, path => Assert.EndsWith(".workflow.cs", path, StringComparison.Ordinal));
    }

    // Interfaces are contracts; what runs is a class.
    [GeneratedRegex(@"^\[Workflow[(\]][^\n]*\n(\[[^\n]*\n)*public [a-z ]*class ", RegexOptions.Multiline)]
    private static partial Regex WorkflowClass();
}
