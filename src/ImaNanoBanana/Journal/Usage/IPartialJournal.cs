namespace ImaNanoBanana.Journal.Usage;

/// <summary>A journal that may not record every submission of its client.</summary>
internal interface IPartialJournal
{
    /// <summary>Whether it records every submission, and keeps it longer than the process.</summary>
    bool RecordsEverySubmission { get; }
}
