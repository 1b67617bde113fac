using System.CommandLine;

namespace ImageLibrary.Cli.Commands;

/// <summary>Arguments that take any number of paths.</summary>
internal static class PathArguments
{
    /// <summary>Lets no empty text, and no misspelt option pass as a path; a path that begins so is written with <c>./</c> before it.</summary>
    public static void RefuseOptions(this Argument<string[]> paths) => paths.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
        {
            result.AddError($"There is no option '{token.Value}'.");
        }
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError("A path is empty.");
        }
    });
}
