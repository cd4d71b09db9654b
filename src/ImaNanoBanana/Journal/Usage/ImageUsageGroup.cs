namespace ImaNanoBanana;

/// <summary>
/// Represents what the submissions with one tag, with one model or of one day cost. Submissions that may have been charged are counted
/// apart from those that were. Immutable.
/// </summary>
/// <param name="Key">The tag, the id of the model, or the day; empty if it is not known.</param>
public sealed record ImageUsageGroup(string Key)
{
    /// <summary>The number of submissions that were charged, including those that ended without an image.</summary>
    public int Submissions { get; init; }

    /// <summary>The number of images that were charged, including those that failed.</summary>
    public long Images { get; init; }

    /// <summary>The credits that were charged.</summary>
    public decimal Credits { get; init; }

    /// <summary>The number of the <see cref="Submissions"/> that ended without any image. It is not known whether they are refunded.
    /// </summary>
    public int FailedSubmissions { get; init; }

    /// <summary>
    /// The number of submissions of which it is not known whether they were charged, including those that are being sent at this moment.
    /// </summary>
    public int UnknownSubmissions { get; init; }

    /// <summary>The number of images of the <see cref="UnknownSubmissions"/>, as far as it is known.</summary>
    public long UnknownImages { get; init; }

    /// <summary>The credits that the <see cref="UnknownSubmissions"/> cost if they were charged, as far as the price is known.</summary>
    public decimal UnknownCredits { get; init; }

    internal ImageUsageGroup With(TaskJournalEntry entry)
    {
        var images = entry.Submitted.Count ?? (entry.Submitted.CreditsPerImage is null ? 0 : 1);
        var credits = entry.Credits ?? 0;
        return entry.IsUnknown
            ? this with
            {
                UnknownSubmissions = UnknownSubmissions + 1,
                UnknownImages = UnknownImages + images,
                UnknownCredits = UnknownCredits + credits,
            }
            : this with
            {
                Submissions = Submissions + 1,
                Images = Images + images,
                Credits = Credits + credits,
                FailedSubmissions = FailedSubmissions + (entry.State == TaskJournalState.Failed ? 1 : 0),
            };
    }
}
