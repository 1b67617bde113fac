namespace ImageLibrary.Core;

/// <summary>How far a copy is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Images">Images compared, and written where they differed, so far.</param>
/// <param name="TotalImages">Images that the source shows; removed ones come on top.</param>
public sealed record StoreCopyProgress(StoreCopyStage Stage, long Images, long TotalImages);

/// <summary>Stages of a copy.</summary>
public enum StoreCopyStage
{
    /// <summary>Writing what the target lacks.</summary>
    Copying,

    /// <summary>Reading both stores again and comparing them.</summary>
    Verifying,
}

/// <summary>What both stores hold in the end.</summary>
/// <param name="Libraries">Libraries.</param>
/// <param name="Collections">Collections.</param>
/// <param name="Images">Images, removed ones included.</param>
/// <param name="Jobs">Jobs.</param>
/// <param name="Failures">Failures of all jobs.</param>
/// <param name="WrittenImages">Images that this run had to write; the others were there from a former run.</param>
/// <param name="Checksum">SHA-256 over all records in order, hexadecimal; the same for both stores.</param>
public sealed record StoreCopyResult(
    long Libraries, long Collections, long Images, long Jobs, long Failures, long WrittenImages, string Checksum);
