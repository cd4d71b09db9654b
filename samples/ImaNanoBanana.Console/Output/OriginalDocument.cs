using System.Text.Json.Serialization;

namespace ImaNanoBanana.Cli.Output;

/// <summary>
/// Represents a finished task with the fields of the original command-line program, in its order. The fields after them appear only if
/// the original has nothing to say about them, so that no charged image is lost and no placeholder looks like an image. It contains no
/// nested objects.
/// </summary>
internal sealed record OriginalDocument
{
    public required string TaskId { get; init; }

    public required string Url { get; init; }

    /// <summary>Empty if there is no cover.</summary>
    public required string CoverUrl { get; init; }

    public required string ModelId { get; init; }

    public required string ModelName { get; init; }

    public decimal? Credit { get; init; }

    /// <summary>The URLs of several images.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Urls { get; init; }

    /// <summary>The paths of the saved images.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Files { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Simulated { get; init; }

    public static OriginalDocument FromResult(ImageResult result, IReadOnlyList<ImageDownload> files, Running.Session session) => new()
    {
        TaskId = result.Task.Id,
        Url = result.Image.Url.AbsoluteUri,
        CoverUrl = result.Image.CoverUrl?.AbsoluteUri ?? "",
        ModelId = result.Task.Model?.Id ?? "",
        ModelName = result.Task.ModelName ?? "",
        Credit = result.Task.Credits,
        Urls = result.Images.Count > 1 ? [.. result.Images.Select(image => image.Url.AbsoluteUri)] : null,
        Files = files.Count > 0 ? [.. files.Select(file => file.Path!)] : null,
        Simulated = session.IsSimulated ? true : null,
    };
}
