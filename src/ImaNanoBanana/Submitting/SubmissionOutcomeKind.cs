namespace ImaNanoBanana.Submitting;

/// <summary>What became of a create (careful client, section 2). Only the first two may ever be followed by another create.</summary>
internal enum SubmissionOutcomeKind
{
    /// <summary>The service cannot have seen it.</summary>
    NotSent,

    /// <summary>The service definitely refused it.</summary>
    Rejected,

    /// <summary>It was bought, and the task's id is known.</summary>
    Accepted,

    /// <summary>It may have been bought.</summary>
    Unknown,
}
