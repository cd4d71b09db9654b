namespace ImaNanoBanana;

/// <summary>What to do after an error, by what submitting the same request again would do.</summary>
public enum ImaRetryGuidance
{
    /// <summary>Nothing was charged, and the same request may succeed when it is submitted again.</summary>
    SubmitAgain,

    /// <summary>
    /// Nothing was charged, and the same request fails again until the request, the key, the price or the balance changes.
    /// </summary>
    ChangeRequest,

    /// <summary>
    /// The request was charged, or may have been. Do not submit it again: query or resume the task, or check the account and
    /// resolve the journal entry.
    /// </summary>
    CheckTask,

    /// <summary>The task was charged and ended without images. A new submission is charged again, so it is the user's decision.</summary>
    SubmitAgainAtNewCost,
}
