using Temporalio.Common;

namespace ImageLibrary.Workflows;

/// <summary>Search attributes by which the Temporal Web UI and CLI list and filter jobs.</summary>
public static class JobSearchAttributes
{
    /// <summary>Value of <see cref="JobType"/> for the children of a job, so that filters can hide them.</summary>
    public const string CollectionType = "collection";

    /// <summary>The library.</summary>
    public static readonly SearchAttributeKey<string> LibraryId = SearchAttributeKey.CreateKeyword("ImageLibraryId");

    /// <summary>Type of the job as in the REST API, or <see cref="CollectionType"/>.</summary>
    public static readonly SearchAttributeKey<string> JobType = SearchAttributeKey.CreateKeyword("ImageJobType");

    /// <summary>Stage of the job as in the REST API.</summary>
    public static readonly SearchAttributeKey<string> JobStage = SearchAttributeKey.CreateKeyword("ImageJobStage");

    /// <summary>Progress in percent, 0 to 100.</summary>
    public static readonly SearchAttributeKey<double> Progress = SearchAttributeKey.CreateDouble("ImageProgress");
}
