namespace ImaNanoBanana.Submitting;

/// <summary>Specifies the outcome of a create request. Only the first two may ever be followed by another create request.</summary>
internal enum SubmissionOutcomeKind
{
    /// <summary>The service cannot have received it.</summary>
    NotSent,

    /// <summary>The service definitely rejected it.</summary>
    Rejected,

    /// <summary>It was charged, and the id of the task is known.</summary>
    Accepted,

    /// <summary>It may have been charged.</summary>
    Unknown,
}
