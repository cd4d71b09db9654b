namespace ImaNanoBanana.Journal;

/// <summary>Specifies what an existing entry means for a submission with its key.</summary>
internal enum KeyState
{
    /// <summary>The request was submitted; its task is the result.</summary>
    TaskExists,

    /// <summary>The key was used for a different request.</summary>
    OtherRequest,

    /// <summary>Another call may be submitting with the key at this moment; the outcome will be known soon.</summary>
    InProgress,

    /// <summary>It is unknown whether the submission was charged.</summary>
    Unknown,

    /// <summary>A failed claim of this process that could not be withdrawn yet: nothing is submitted for it.</summary>
    Withdrawn,
}
