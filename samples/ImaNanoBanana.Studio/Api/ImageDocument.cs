using ImaNanoBanana.Studio.Storage;
using ImaNanoBanana.Studio.Texts;

namespace ImaNanoBanana.Studio.Api;

/// <summary>One image as its visitor sees it. It contains no address of the service and no path.</summary>
/// <param name="Id">The id.</param>
/// <param name="Revision">Grows with each change.</param>
/// <param name="State">How far it is. <c>finished</c>, <c>failed</c> and <c>unknown</c> are ends.</param>
/// <param name="Prompt">What was asked for.</param>
/// <param name="Count">The number of images.</param>
internal sealed record ImageDocument(string Id, long Revision, ImageState State, string Prompt, int Count)
{
    public int? Percent { get; init; }

    public string? Model { get; init; }

    public string? ModelName { get; init; }

    public string? Size { get; init; }

    public string? AspectRatio { get; init; }

    public IReadOnlyList<FileDocument> References { get; init; } = [];

    /// <summary>The price. What was charged is part of the error, if there is one.</summary>
    public decimal? Credits { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public IReadOnlyList<FileDocument> Files { get; init; } = [];

    /// <summary>What differs from the request.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public ProblemDocument? Error { get; init; }

    /// <summary>Whether it can be tried again with its own key, which never charges twice.</summary>
    public bool CanRetry { get; init; }

    public static ImageDocument Create(StoredImage image, ImaLanguage language)
    {
        var details = image.Details;
        return new ImageDocument(image.Id, image.Revision, image.State, image.Order.Prompt, details.Count)
        {
            Percent = image.HasEnded ? null : details.Percent,
            Model = details.Model,
            ModelName = details.ModelName,
            Size = details.Size,
            AspectRatio = details.AspectRatio,
            References = [.. image.Order.References.Select(FileDocument.FromId)],
            Credits = details.Credits,
            CreatedAt = image.CreatedAt,
            ChangedAt = image.ChangedAt,
            FinishedAt = image.HasEnded ? image.ChangedAt : null,
            Files = [.. details.Files.Select(FileDocument.Create)],
            Notes = [.. NoteTexts.Describe(details, language)],
            Error = image.HasEnded && details.Error is { } error ? ProblemDocument.Create(error, language) : null,
            CanRetry = CanBeRetried(image),
        };
    }

    /// <summary>Pure.</summary>
    public static bool CanBeRetried(StoredImage image) =>
        image.State == ImageState.Failed
        && image.Details.Error is { RetryGuidance: ImaRetryGuidance.SubmitAgain or ImaRetryGuidance.CheckTask };
}
