using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Cli.Output;

/// <summary>
/// Represents a finished task as JSON: first the six fields of the original command-line program, then the additional fields.
/// </summary>
internal sealed record ResultDocument
{
    public required string TaskId { get; init; }

    public required string Url { get; init; }

    public string? CoverUrl { get; init; }

    public string? ModelId { get; init; }

    public string? ModelName { get; init; }

    /// <summary>The credits that were charged for all images.</summary>
    public decimal? Credit { get; init; }

    public required IReadOnlyList<string> Urls { get; init; }

    public string? Size { get; init; }

    public string? AspectRatio { get; init; }

    public int? Count { get; init; }

    public double ElapsedSeconds { get; init; }

    public string? IdempotencyKey { get; init; }

    public required string Handle { get; init; }

    public IReadOnlyList<FileDocument> Files { get; init; } = [];

    public IReadOnlyList<string> Failures { get; init; } = [];

    public IReadOnlyList<AdjustmentDocument> Adjustments { get; init; } = [];

    /// <summary>The differences between the saved images and the request.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool Simulated { get; init; }

    private const string NotListed = "The service had not listed this image when the wait ended. Get the task again later.";

    public static ResultDocument FromResult(ImageResult result, IReadOnlyList<ImageDownload> files, Session session) => new()
    {
        TaskId = result.Task.Id,
        Url = result.Image.Url.AbsoluteUri,
        CoverUrl = result.Image.CoverUrl?.AbsoluteUri,
        ModelId = result.Task.Model?.Id,
        ModelName = result.Task.ModelName,
        Credit = result.Task.Credits,
        Urls = [.. result.Images.Select(image => image.Url.AbsoluteUri)],
        Size = result.Task.Size?.Value,
        AspectRatio = result.Task.AspectRatio?.Value,
        Count = result.Task.Count,
        ElapsedSeconds = Math.Round(result.Elapsed.TotalSeconds, 1),
        IdempotencyKey = result.Task.IdempotencyKey,
        Handle = result.Task.ToHandle(),
        Files = [.. files.Select(file => new FileDocument(file.Path!, file.Width, file.Height, file.MediaType, file.Length, file.Sha256)
        {
            MatchesRequestedAspectRatio = file.MatchesRequestedAspectRatio,
            MatchesRequestedSize = file.MatchesRequestedSize,
            MatchesReportedFormat = file.MatchesReportedFormat,
            ExtensionMatchesMediaType = file.ExtensionMatchesMediaType,
        })],
        Failures = [.. result.Failures.Select(failure => failure.Reason), .. Enumerable.Repeat(NotListed, result.MissingCount)],
        Adjustments = [.. result.Adjustments.Select(AdjustmentDocument.FromAdjustment)],
        Notes = [
            .. files.SelectMany(
                file => DeliveryNotes.Create(session.Host.Shown(file.Path!), file, result.Task)).Select(note =>
                    session.Say[note.English, note.Chinese])],
        Simulated = session.IsSimulated,
    };
}
