namespace ImaNanoBanana;

/// <summary>Specifies what a journal knows about a submission.</summary>
public enum TaskJournalState
{
    /// <summary>
    /// The create request is about to be sent or was sent, or the process that sent it is gone. After the time for a response has passed,
    /// this state means the same as <see cref="Unknown"/>.
    /// </summary>
    Claimed,

    /// <summary>The create request was sent, and no response says whether it was charged. The SDK never sends it again by itself.</summary>
    Unknown,

    /// <summary>The submission was charged, and the end of the task was not delivered yet.</summary>
    Accepted,

    /// <summary>The images were delivered.</summary>
    Completed,

    /// <summary>The task ended without any image.</summary>
    Failed,
}
