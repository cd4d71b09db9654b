namespace ImaNanoBanana.Cli.Batch;

/// <summary>How a line without a result ended, by what another run would do.</summary>
internal enum LineEnd
{
    /// <summary>Another run fetches or submits it as it is.</summary>
    ToRunAgain,

    /// <summary>It ends the same way again until it is changed.</summary>
    ToChange,

    /// <summary>It was charged, and the service still works on it. Another run fetches it.</summary>
    InProgress,

    /// <summary>It was interrupted before anything was sent. Another run submits it.</summary>
    NotSubmitted,

    /// <summary>It may have been charged. Another run does not submit it.</summary>
    Unknown,
}
