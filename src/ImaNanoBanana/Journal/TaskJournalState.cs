namespace ImaNanoBanana;

/// <summary>What a journal knows of a purchase.</summary>
public enum TaskJournalState
{
    /// <summary>
    /// Its order is about to be sent, or is out, or the process that sent it is gone. Once the time for an answer is over it
    /// is as good as <see cref="Unknown"/>.
    /// </summary>
    Claimed,

    /// <summary>Its order was sent, and no answer says whether it was bought. Never sent again by itself.</summary>
    Unknown,

    /// <summary>It was bought, and its end was not handed over yet.</summary>
    Accepted,

    /// <summary>Its images were handed over.</summary>
    Completed,

    /// <summary>It ended without a single image.</summary>
    Failed,
}
