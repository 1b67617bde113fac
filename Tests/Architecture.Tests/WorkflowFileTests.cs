using System.Text.RegularExpressions;
using Xunit;

namespace ImageLibrary.Tests.Architecture;

/// <summary>Workflow code is visible by its file name.</summary>
public sealed partial class WorkflowFileTests
{
    [Fact]
    public void WorkflowAttribute_OutsideOfWorkflowFile_IsAbsent()
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
        var strays = sources
            .Where(path => WorkflowAttribute().IsMatch(File.ReadAllText(path)) != path.EndsWith(".workflow.cs", StringComparison.Ordinal));
        Assert.Empty(strays);
    }

    [GeneratedRegex(@"^\s*\[Workflow(\(|\])", RegexOptions.Multiline)]
    private static partial Regex WorkflowAttribute();
}
