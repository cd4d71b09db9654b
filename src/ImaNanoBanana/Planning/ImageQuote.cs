using System.Text.Json.Serialization;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana;

/// <summary>
/// Contains the price of a request and what it would submit, determined without spending credits. Submitting a quote submits exactly
/// this and never costs more than this price. Immutable.
/// </summary>
/// <remarks>
/// A quote does not identify a submission: if you submit it twice, it is charged twice, unless its request has an idempotency key.
/// System.Text.Json writes and reads what a quote says, for example to show the price elsewhere. A quote that was read cannot be
/// submitted: submit its request with <see cref="ImageRequest.MaxCredits"/> set to <see cref="Credits"/>.
/// </remarks>
[JsonConverter(typeof(ImageQuoteJsonConverter))]
public sealed record ImageQuote
{
    /// <summary>The type of the task.</summary>
    public required ImageTaskType TaskType { get; init; }

    /// <summary>The model.</summary>
    public required ImageModel Model { get; init; }

    /// <summary>The display name of the model.</summary>
    public required string ModelName { get; init; }

    /// <summary>The version of the model.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The size that would be submitted, if the model has sizes.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>The aspect ratio that would be submitted, if the model has aspect ratios.</summary>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>The number of images.</summary>
    public required int Count { get; init; }

    /// <summary>The price of one image, in credits.</summary>
    public required decimal CreditsPerImage { get; init; }

    /// <summary>The price of all images, in credits.</summary>
    public decimal Credits => CreditsPerImage * Count;

    /// <summary>The shortest time that the model is expected to take.</summary>
    public TimeSpan? MinExpectedDuration { get; init; }

    /// <summary>The longest time that the model is expected to take.</summary>
    public TimeSpan? MaxExpectedDuration { get; init; }

    /// <summary>The differences between the request and what would be submitted.</summary>
    public IReadOnlyList<ImageAdjustment> Adjustments { get; init; } = [];

    /// <summary>The plan that is submitted with the quote; null if the quote was not created by a client.</summary>
    internal ImagePlan? Plan { get; init; }

    /// <summary>The task that the request's idempotency key already has; null if it has none. Submitting charges nothing then.</summary>
    internal ImageTask? SubmittedTask { get; init; }

    internal static ImageQuote FromPlan(ImagePlan plan) => new()
    {
        TaskType = plan.TaskType,
        Model = plan.Version.Model,
        ModelName = plan.Version.Name,
        ModelVersion = plan.Version.Id,
        Size = plan.Size,
        AspectRatio = plan.AspectRatio,
        Count = plan.Count,
        CreditsPerImage = plan.CreditsPerImage,
        MinExpectedDuration = plan.Version.Expected?.AtLeast,
        MaxExpectedDuration = plan.Version.Expected?.AtMost,
        Adjustments = plan.Adjustments,
        Plan = plan,
    };
}
