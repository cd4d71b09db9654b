namespace ImaNanoBanana;

/// <summary>Specifies what to do after an error, depending on the effect of submitting the same request again.</summary>
public enum ImaRetryGuidance
{
    /// <summary>Nothing was charged, and the same request may succeed if it is submitted again.</summary>
    SubmitAgain,

    /// <summary>
    /// Nothing was charged, and the same request fails again until the request, the key, the price or the balance changes.
    /// </summary>
    ChangeRequest,

    /// <summary>
    /// The request was charged, or may have been. Do not submit it again: get the status of the task or resume it, or check
    /// the account and resolve the journal entry.
    /// </summary>
    CheckTask,

    /// <summary>
    /// The task was charged and ended without images. A new submission is charged again, so let the user decide.
    /// </summary>
    SubmitAgainAtNewCost,
}
