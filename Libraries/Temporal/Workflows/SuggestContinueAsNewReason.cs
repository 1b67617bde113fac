namespace Temporalio.Workflows;

/// <summary>Why the server suggests to continue as new.</summary>
public enum SuggestContinueAsNewReason
{
    /// <summary>Not said.</summary>
    Unspecified,

    /// <summary>The history takes too many bytes.</summary>
    HistorySizeTooLarge,

    /// <summary>The history has too many events.</summary>
    TooManyHistoryEvents,

    /// <summary>The run took too many updates.</summary>
    TooManyUpdates,
}
