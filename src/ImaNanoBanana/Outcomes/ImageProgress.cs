using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>Represents a snapshot of an image generation. Immutable.</summary>
/// <remarks>
/// System.Text.Json writes and reads it. A stage that this version does not know is read as <see cref="ImageStage.Generating"/>.
/// </remarks>
/// <param name="Stage">The stage that the generation has reached.</param>
[JsonConverter(typeof(ImageOutcomesJsonConverter))]
public sealed record ImageProgress(ImageStage Stage)
{
    /// <summary>
    /// The task; set from <see cref="ImageStage.Accepted"/> on. Save it to be able to continue watching in any process.
    /// </summary>
    public ImageTask? Task { get; init; }

    /// <summary>
    /// The price of the submission in credits, for all its images; set from <see cref="ImageStage.Submitting"/> on if it is
    /// known.
    /// </summary>
    public decimal? Credits { get; init; }

    /// <summary>The differences between the request and the submission; set from <see cref="ImageStage.Submitting"/> on.</summary>
    public IReadOnlyList<ImageAdjustment> Adjustments { get; init; } = [];

    /// <summary>
    /// The time since the create request was sent or, if that is unknown, since this watch began. Zero before the create request.
    /// </summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// An estimate in percent, calculated from the expected duration of the model: at most 95 before the end and 100 at the end;
    /// null if the expected duration is unknown.
    /// </summary>
    public int? Percent { get; init; }

    /// <summary>
    /// The time after which getting the status again makes sense, by the schedule of the SDK's own watch: seldom before the task can
    /// be completed, often while it is expected. Set with <see cref="ImageStage.Generating"/>; null with every other stage.
    /// </summary>
    public TimeSpan? PollAfter { get; init; }

    /// <summary>The images that are ready so far. The others may still follow.</summary>
    public IReadOnlyList<GeneratedImage> ReadyImages { get; init; } = [];

    /// <summary>The result; set only on the last item.</summary>
    public ImageResult? Result { get; init; }

    /// <summary>
    /// Gets why the task failed: the reasons for each image, whether credits were spent, and what to do next. Set with
    /// <see cref="ImageStage.Failed"/> only.
    /// </summary>
    public ImaException? Error { get; init; }
}
