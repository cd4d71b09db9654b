using System.Text.Json;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>A line of a batch file.</summary>
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

    /// <summary>Where the image is saved, below the folder of <c>--output</c>; else it is named after the task.</summary>
    public string? Output { get; init; }
}
