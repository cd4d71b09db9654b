using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Results;

/// <summary>Represents the stored form of an <see cref="ImageTask"/>, version 1. Changes may only add members.</summary>
internal sealed class ImageTaskHandle
{
    private const int CurrentVersion = 1;

    /// <summary>A higher price is treated as corrupt data, because calculating with it would overflow. Real prices are lower.</summary>
    private const decimal HighestPrice = 1_000_000_000;

    [JsonPropertyName("v")]
    public JsonElement? Version { get; init; }

    public JsonElement? Id { get; init; }

    public JsonElement? TaskType { get; init; }

    public JsonElement? Model { get; init; }

    public JsonElement? ModelName { get; init; }

    public JsonElement? Size { get; init; }

    public JsonElement? AspectRatio { get; init; }

    public JsonElement? CreditsPerImage { get; init; }

    public JsonElement? Count { get; init; }

    /// <summary>Seconds.</summary>
    public JsonElement? MinExpectedDuration { get; init; }

    /// <summary>Seconds.</summary>
    public JsonElement? MaxExpectedDuration { get; init; }

    /// <summary>ISO 8601.</summary>
    public JsonElement? CreatedAt { get; init; }

    public JsonElement? IdempotencyKey { get; init; }

    public JsonElement? TraceParent { get; init; }

    /// <summary>Objects with kind, parameter, from, to.</summary>
    public JsonElement? Adjustments { get; init; }

    public static ImageTaskHandle FromTask(ImageTask task) => new()
    {
        Version = Number(CurrentVersion),
        Id = task.Id.Length == 0 ? null : Text(task.Id),
        TaskType = Text(task.TaskType?.Value),
        Model = Text(task.Model?.Id),
        ModelName = Text(task.ModelName),
        Size = Text(task.Size?.Value),
        AspectRatio = Text(task.AspectRatio?.Value),
        CreditsPerImage = Number(task.CreditsPerImage),
        Count = Number(task.Count),
        MinExpectedDuration = Number((decimal?)task.MinExpectedDuration?.TotalSeconds),
        MaxExpectedDuration = Number((decimal?)task.MaxExpectedDuration?.TotalSeconds),
        CreatedAt = Text(task.CreatedAt?.ToString("O", CultureInfo.InvariantCulture)),
        IdempotencyKey = Text(task.IdempotencyKey),
        TraceParent = Text(task.TraceParent),
        Adjustments = task.Adjustments.Count == 0 ? null : JsonSerializer.SerializeToElement(
            [.. task.Adjustments.Select(AdjustmentHandle.FromAdjustment)], ImageTaskJsonContext.Default.IReadOnlyListAdjustmentHandle),
    };

    public ImageTask? ToTask() => ToSubmittedTask() is { Id.Length: > 0 } task ? task : null;

    /// <returns>The submitted task; its id is empty if the handle has none.</returns>
    public ImageTask ToSubmittedTask() => new(JsonReading.NonEmptyText(Id) ?? "")
    {
        TaskType = JsonReading.NonEmptyText(TaskType) is { } type ? new ImageTaskType(type) : null,
        Model = JsonReading.NonEmptyText(Model) is { } model ? new ImageModel(model) : null,
        ModelName = JsonReading.NonEmptyText(ModelName),
        Size = JsonReading.NonEmptyText(Size) is { } size ? new ImageSize(size) : null,
        AspectRatio = JsonReading.NonEmptyText(AspectRatio) is { } ratio ? new AspectRatio(ratio) : null,
        CreditsPerImage = JsonReading.Number(CreditsPerImage) is >= 0 and <= HighestPrice and { } price ? price : null,
        Count = JsonReading.Integer(Count) is >= 1 and { } count ? count : null,
        MinExpectedDuration = Seconds(MinExpectedDuration),
        MaxExpectedDuration = Seconds(MaxExpectedDuration),
        CreatedAt = DateTimeOffset.TryParse(
            JsonReading.Text(CreatedAt), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created) ? created : null,
        IdempotencyKey = JsonReading.NonEmptyText(IdempotencyKey),
        TraceParent = JsonReading.NonEmptyText(TraceParent) is { } trace && ActivityContext.TryParse(trace, null, out _) ? trace : null,
        Adjustments = AdjustmentHandle.Read(Adjustments),
    };

    private static TimeSpan? Seconds(JsonElement? value) =>
        JsonReading.Number(value) is >= 0 and <= 86_400 and { } seconds ? TimeSpan.FromSeconds((double)seconds) : null;

    private static JsonElement? Text(string? value) =>
        value is null ? null : JsonSerializer.SerializeToElement(value, ImageTaskJsonContext.Default.String);

    private static JsonElement? Number(decimal? value) =>
        value is { } number ? JsonSerializer.SerializeToElement(number, ImageTaskJsonContext.Default.Decimal) : null;
}
