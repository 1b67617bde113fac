using System.Text.Json.Nodes;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Short names for the fields of a job.</summary>
internal static class JobFields
{
    public static string State(this JsonObject job) => job["state"]!.GetValue<string>();

    public static string Id(this JsonObject item) => item["id"]!.GetValue<string>();

    public static long Images(this JsonObject job, string field) => job["images"]![field]!.GetValue<long>();

    public static long Changes(this JsonObject job, string field) => job["changes"]![field]!.GetValue<long>();

    public static long Done(this JsonObject job) =>
        job.Images("rendered") + job.Images("reused") + job.Images("skipped") + job.Images("failed");
}
