namespace ImageLibrary.Temporal.Server.Sharding;

/// <summary>Something that a transition changed.</summary>
internal interface ITransitionPart
{
    /// <summary>Adds the rows to <see cref="Storage.PendingCommit.Writes"/>.</summary>
    void Complete(Transition transition);
}
