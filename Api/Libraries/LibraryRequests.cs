using System.Text.Json.Serialization;
using ImageLibrary.Api.Problems;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Libraries;

/// <summary>A folder that shall become a library.</summary>
/// <param name="RootPath">Absolute path of the folder.</param>
/// <param name="Name">The name a person sees; by default the folder's.</param>
/// <param name="Settings">Settings that differ from the defaults.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateLibraryRequest(string RootPath, string? Name = null, LibrarySettingsChange? Settings = null);

/// <summary>Changes of a library; what is absent stays as it is.</summary>
/// <param name="Name">New name.</param>
/// <param name="RootPath">The folder; it cannot be changed yet.</param>
/// <param name="Settings">New settings.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UpdateLibraryRequest(string? Name = null, string? RootPath = null, LibrarySettingsChange? Settings = null);

/// <summary>The folder to check.</summary>
/// <param name="RootPath">Absolute path of the folder.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CheckFolderRequest(string RootPath);

/// <summary>Settings to change; what is absent stays as it is.</summary>
/// <param name="Exclude">Glob patterns of relative paths that are left out.</param>
/// <param name="MaxConcurrentCollections">Collections that a scan processes at once, 1 to 64.</param>
/// <param name="Derivatives">What is made of every image; thumbnail and cache must be among them.</param>
/// <param name="ServeOriginals">
/// Serve a loose file itself where a derivative would only be a copy of it: whoever looks at the picture then gets its metadata too,
/// such as the place where it was taken, and sees it only while its drive is connected. The next scan applies it.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LibrarySettingsChange(
    IReadOnlyList<string>? Exclude = null, int? MaxConcurrentCollections = null, IReadOnlyList<DerivativeSpecDto>? Derivatives = null,
    bool? ServeOriginals = null)
{
    private static readonly string[] Formats = ["jpeg", "png", "webp", "avif"];
    private const int MaxBox = 16384;

    internal LibrarySettings Apply(LibrarySettings settings)
    {
        if (MaxConcurrentCollections is < 1 or > 64)
        {
            throw ApiProblemException.Invalid("settings.maxConcurrentCollections", "'settings.maxConcurrentCollections' must be 1 to 64.");
        }
        if (Exclude is not null && Exclude.Any(string.IsNullOrWhiteSpace))
        {
            throw ApiProblemException.Invalid("settings.exclude", "'settings.exclude' holds an empty pattern.");
        }
        return settings with
        {
            Exclude = Exclude ?? settings.Exclude,
            MaxConcurrentCollections = MaxConcurrentCollections ?? settings.MaxConcurrentCollections,
            Derivatives = Derivatives is null ? settings.Derivatives : Check(Derivatives),
            ServeOriginals = ServeOriginals ?? settings.ServeOriginals,
        };
    }

    private static List<DerivativeSpec> Check(IReadOnlyList<DerivativeSpecDto> derivatives)
    {
        const string Field = "settings.derivatives";
        foreach (var kind in new[] { DerivativeSpec.Thumbnail, DerivativeSpec.Cache })
        {
            if (derivatives.Count(derivative => derivative.Kind == kind) != 1)
            {
                throw ApiProblemException.Invalid(Field, $"'{Field}' must hold the kind '{kind}' once.");
            }
        }
        foreach (var derivative in derivatives)
        {
            if (derivative.Kind is not (DerivativeSpec.Thumbnail or DerivativeSpec.Cache))
            {
                throw ApiProblemException.Invalid(Field, $"'{derivative.Kind}' is not a kind of derivative.");
            }
            if (derivative.Quality is < 1 or > 100)
            {
                throw ApiProblemException.Invalid(Field, $"The quality of '{derivative.Kind}' must be 1 to 100.");
            }
            if (!Formats.Contains(derivative.Format))
            {
                throw ApiProblemException.Invalid(Field, $"The format of '{derivative.Kind}' must be one of {string.Join(", ", Formats)}.");
            }
            var maxBox = Math.Min(MaxBox, DerivativeSpec.LargestSide(derivative.Format));
            if (derivative.MaxWidth < 1 || derivative.MaxWidth > maxBox || derivative.MaxHeight < 1 || derivative.MaxHeight > maxBox)
            {
                throw ApiProblemException.Invalid(Field, $"The box of '{derivative.Kind}' must be 1 to {maxBox} pixels wide and high.");
            }
        }
        return [.. derivatives.Select(derivative => derivative.ToSpec())];
    }
}
