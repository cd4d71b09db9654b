using System.Text.Json.Serialization;
using ImaNanoBanana.Json;
using ImaNanoBanana.Results;

namespace ImaNanoBanana.Outcomes;

/// <summary>Represents the stored form of an <see cref="ImageProgress"/>, version 1. Changes may only add members.</summary>
internal sealed record ProgressDocument
{
    private const int CurrentVersion = 1;

    private static readonly EnumWords<ImageStage> Stages = new(
        (ImageStage.Preparing, "preparing"),
        (ImageStage.Uploading, "uploading"),
        (ImageStage.Submitting, "submitting"),
        (ImageStage.Accepted, "accepted"),
        (ImageStage.Generating, "generating"),
        (ImageStage.Completed, "completed"),
        (ImageStage.Failed, "failed"));

    [JsonPropertyName("v")]
    public int? Version { get; init; }

    public required string Stage { get; init; }

    public ImageTask? Task { get; init; }

    public decimal? Credits { get; init; }

    public IReadOnlyList<AdjustmentHandle>? Adjustments { get; init; }

    /// <summary>Seconds.</summary>
    public TimeSpan? Elapsed { get; init; }

    public int? Percent { get; init; }

    /// <summary>Seconds.</summary>
    public TimeSpan? PollAfter { get; init; }

    public IReadOnlyList<GeneratedImage>? ReadyImages { get; init; }

    public ImageResult? Result { get; init; }

    public ImaException? Error { get; init; }

    public static ProgressDocument FromProgress(ImageProgress progress) => new()
    {
        Version = CurrentVersion,
        Stage = Stages.Write(progress.Stage),
        Task = progress.Task,
        Credits = progress.Credits,
        Adjustments = AdjustmentHandle.FromAdjustments(progress.Adjustments),
        Elapsed = progress.Elapsed,
        Percent = progress.Percent,
        PollAfter = progress.PollAfter,
        ReadyImages = JsonLists.Write(progress.ReadyImages),
        Result = progress.Result,
        Error = progress.Error,
    };

    public ImageProgress ToProgress() => new(Stages.Read(Stage) ?? ImageStage.Generating)
    {
        Task = Task,
        Credits = Credits,
        Adjustments = AdjustmentHandle.Read(Adjustments),
        Elapsed = Elapsed ?? TimeSpan.Zero,
        Percent = Percent,
        PollAfter = PollAfter,
        ReadyImages = JsonLists.Read(ReadyImages),
        Result = Result,
        Error = Error,
    };
}
