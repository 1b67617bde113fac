namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>One random call.</summary>
public sealed record StoreStep(
    StoreStepKind Kind, int Job, int Collection, long Number, int Lane,
    IReadOnlyList<(int Path, StoreImageKind Kind)> Images, (int Collection, int Path) Giver, bool Flag, bool Twice);

/// <summary>The calls that change images and counts.</summary>
public enum StoreStepKind
{
    Discover,
    Plan,
    Batch,
    RenderOutsideOfJob,
    Fold,
    Remove,
    EndJob,
}

/// <summary>The images that are recorded.</summary>
public enum StoreImageKind
{
    Pending,
    Planned,
    Ready,
    LacksDerivative,
    ServedItself,
    Failed,
    Quarantined,
    Candidate,
}
