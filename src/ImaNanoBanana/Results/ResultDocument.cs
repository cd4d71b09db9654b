using System.Text.Json.Serialization;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Results;

/// <summary>Represents the stored form of an <see cref="ImageResult"/>, version 1. Changes may only add members.</summary>
internal sealed record ResultDocument
{
    private const int CurrentVersion = 1;

    [JsonPropertyName("v")]
    public int? Version { get; init; }

    public required ImageTask Task { get; init; }

    public required IReadOnlyList<GeneratedImage> Images { get; init; }

    public IReadOnlyList<ImageFailure>? Failures { get; init; }

    public int? MissingCount { get; init; }

    /// <summary>Seconds.</summary>
    public TimeSpan? Elapsed { get; init; }

    public static ResultDocument FromResult(ImageResult result) => new()
    {
        Version = CurrentVersion,
        Task = result.Task,
        Images = result.Images,
        Failures = JsonLists.Write(result.Failures),
        MissingCount = result.MissingCount == 0 ? null : result.MissingCount,
        Elapsed = result.Elapsed,
    };

    public ImageResult ToResult() => new(Task, JsonLists.Read(Images))
    {
        Failures = JsonLists.Read(Failures),
        MissingCount = MissingCount ?? 0,
        Elapsed = Elapsed ?? TimeSpan.Zero,
    };
}
