namespace ImaNanoBanana.Journal;

/// <summary>What an entry that is there means for an order with its key.</summary>
internal enum KeyState
{
    /// <summary>The purchase was made: its task is the answer.</summary>
    TaskExists,

    /// <summary>The key was used for something else.</summary>
    OtherRequest,

    /// <summary>Another call may be ordering it this moment; it will be known soon.</summary>
    InProgress,

    /// <summary>Nobody can tell whether it was bought.</summary>
    Unknown,

    /// <summary>A claim of this process that failed and could not be taken back yet: nothing is ordered by it.</summary>
    Withdrawn,
}
