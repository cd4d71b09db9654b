using System.Text.Json;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>Represents a line of a batch file.</summary>
internal sealed record BatchLine
{
    public required string Prompt { get; init; }

    public string? Model { get; init; }

    public string? VersionId { get; init; }

    public string? Size { get; init; }

    public string? AspectRatio { get; init; }

    public int? Count { get; init; }

    public IReadOnlyList<string>? Images { get; init; }

    public Dictionary<string, JsonElement>? Parameters { get; init; }

    public decimal? MaxCredits { get; init; }

    public bool AllowSmaller { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// The path to save the image to, below the folder of <c>--output</c>. Without it, the image is named after the task.
    /// </summary>
    public string? Output { get; init; }
}
