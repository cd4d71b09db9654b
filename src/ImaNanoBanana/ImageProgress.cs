namespace ImaNanoBanana;

/// <summary>A snapshot of a generation. A value.</summary>
/// <param name="Stage">How far it has come.</param>
public sealed record ImageProgress(ImageStage Stage)
{
    /// <summary>The task; set from <see cref="ImageStage.Accepted"/> on. Whoever keeps it can watch on in any process.</summary>
    public ImageTask? Task { get; init; }

    /// <summary>
    /// The price of the order in credits, for all its images; set from <see cref="ImageStage.Submitting"/> on where it is
    /// known.
    /// </summary>
    public decimal? Credits { get; init; }

    /// <summary>What is ordered otherwise than asked for; set from <see cref="ImageStage.Submitting"/> on.</summary>
    public IReadOnlyList<ImageAdjustment> Adjustments { get; init; } = [];

    /// <summary>
    /// Time since the create was sent; where that is unknown, since this watch began. Zero before the create.
    /// </summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// An estimate in percent from the model's expected time, at most 95 before the end and 100 at the end;
    /// null where the expected time is unknown (wire contract, vocabulary).
    /// </summary>
    public int? Percent { get; init; }

    /// <summary>The images that are ready so far; the rest may still come.</summary>
    public IReadOnlyList<GeneratedImage> ReadyImages { get; init; } = [];

    /// <summary>The result; set on the last item only.</summary>
    public ImageResult? Result { get; init; }

    /// <summary>
    /// Gets why the task failed: the reasons for each image, whether credits were spent, and what to do next. Set with
    /// <see cref="ImageStage.Failed"/> only.
    /// </summary>
    public ImaException? Error { get; init; }
}
