using System.Text.Json.Serialization;
using ImaNanoBanana.Results;

namespace ImaNanoBanana.Planning;

/// <summary>Represents the stored form of an <see cref="ImageQuote"/>, version 1. Changes may only add members.</summary>
internal sealed record QuoteDocument
{
    private const int CurrentVersion = 1;

    [JsonPropertyName("v")]
    public int? Version { get; init; }

    public required ImageTaskType TaskType { get; init; }

    public required ImageModel Model { get; init; }

    public required string ModelName { get; init; }

    public required string ModelVersion { get; init; }

    public ImageSize? Size { get; init; }

    public AspectRatio? AspectRatio { get; init; }

    public required int Count { get; init; }

    public required decimal CreditsPerImage { get; init; }

    /// <summary>Seconds.</summary>
    public TimeSpan? MinExpectedDuration { get; init; }

    /// <summary>Seconds.</summary>
    public TimeSpan? MaxExpectedDuration { get; init; }

    public IReadOnlyList<AdjustmentHandle>? Adjustments { get; init; }

    public static QuoteDocument FromQuote(ImageQuote quote) => new()
    {
        Version = CurrentVersion,
        TaskType = quote.TaskType,
        Model = quote.Model,
        ModelName = quote.ModelName,
        ModelVersion = quote.ModelVersion,
        Size = quote.Size,
        AspectRatio = quote.AspectRatio,
        Count = quote.Count,
        CreditsPerImage = quote.CreditsPerImage,
        MinExpectedDuration = quote.MinExpectedDuration,
        MaxExpectedDuration = quote.MaxExpectedDuration,
        Adjustments = AdjustmentHandle.FromAdjustments(quote.Adjustments),
    };

    public ImageQuote ToQuote() => new()
    {
        TaskType = TaskType,
        Model = Model,
        ModelName = ModelName,
        ModelVersion = ModelVersion,
        Size = Size,
        AspectRatio = AspectRatio,
        Count = Count,
        CreditsPerImage = CreditsPerImage,
        MinExpectedDuration = MinExpectedDuration,
        MaxExpectedDuration = MaxExpectedDuration,
        Adjustments = AdjustmentHandle.Read(Adjustments),
    };
}
