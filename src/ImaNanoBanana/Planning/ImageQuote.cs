using ImaNanoBanana.Planning;

namespace ImaNanoBanana;

/// <summary>
/// What a request costs and what it would order, worked out without spending anything. Starting a quote orders
/// this and never pays more than this price. A value.
/// </summary>
/// <remarks>A quote stands for no purchase of its own: starting it twice buys twice.</remarks>
public sealed record ImageQuote
{
    /// <summary>What the task does.</summary>
    public required ImageTaskType TaskType { get; init; }

    /// <summary>The model.</summary>
    public required ImageModel Model { get; init; }

    /// <summary>The model's name for people.</summary>
    public required string ModelName { get; init; }

    /// <summary>The version of the model.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The size that would be ordered, where the model has sizes.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>The ratio that would be ordered, where the model has ratios.</summary>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>How many images.</summary>
    public required int Count { get; init; }

    /// <summary>The price of one image, in credits.</summary>
    public required decimal CreditsPerImage { get; init; }

    /// <summary>The price of all images, in credits.</summary>
    public decimal Credits => CreditsPerImage * Count;

    /// <summary>The shortest time the model is expected to take.</summary>
    public TimeSpan? MinExpectedDuration { get; init; }

    /// <summary>The longest time the model is expected to take.</summary>
    public TimeSpan? MaxExpectedDuration { get; init; }

    /// <summary>What would be ordered otherwise than asked for.</summary>
    public IReadOnlyList<ImageAdjustment> Adjustments { get; init; } = [];

    /// <summary>What starting the quote orders; null in a quote that was made by hand.</summary>
    internal ImagePlan? Plan { get; init; }

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
