using System.Globalization;

namespace ImaNanoBanana.Tools;

/// <summary>What a chat model reads: the images, what they cost, and what to do after an error.</summary>
internal sealed record ImageToolAnswer
{
    private const string CheckStatus = "Call get_image_status with this task.";

    /// <summary>completed, running, quoted or failed.</summary>
    public required string Status { get; init; }

    /// <summary>The URLs.</summary>
    public IReadOnlyList<string>? Images { get; init; }

    /// <summary>The id of the task: a model copies it more reliably than a handle.</summary>
    public string? Task { get; init; }

    public decimal? Credits { get; init; }

    public string? Model { get; init; }

    public string? Size { get; init; }

    public string? AspectRatio { get; init; }

    public int? Percent { get; init; }

    /// <summary>What was changed, for example <c>size: 8K -> 4K</c>.</summary>
    public IReadOnlyList<string>? Adjustments { get; init; }

    /// <summary>Why images are missing.</summary>
    public IReadOnlyList<string>? Failures { get; init; }

    public string? Error { get; init; }

    public string? Reason { get; init; }

    public string? Suggestion { get; init; }

    /// <summary>yes, no or unknown.</summary>
    public string? CreditsSpent { get; init; }

    public static ImageToolAnswer Completed(ImageResult result) => OfTask("completed", result.Task) with
    {
        Images = Addresses(result.Images),
        Failures = Given(UndeliveredImages.Reasons(result)),
        Adjustments = Changes(result.Adjustments),

        // They may still appear.
        Suggestion = result.MissingCount > 0 ? CheckStatus : null,
    };

    public static ImageToolAnswer Running(ImageProgress progress, ImageTask task) => OfTask("running", progress.Task ?? task) with
    {
        Percent = progress.Percent,
        Images = Addresses(progress.ReadyImages),
        Suggestion = CheckStatus,
    };

    public static ImageToolAnswer Quoted(ImageQuote quote) => new()
    {
        Status = "quoted",
        Credits = quote.Credits,
        Model = quote.ModelName,
        Size = quote.Size?.Value,
        AspectRatio = quote.AspectRatio?.Value,
        Adjustments = Changes(quote.Adjustments),
    };

    public static ImageToolAnswer Refused(ArgumentException exception) => new()
    {
        Status = "failed",
        Error = nameof(ImaErrorKind.InvalidRequest),
        Reason = exception.Message,
        CreditsSpent = "no",
    };

    public static ImageToolAnswer Failed(ImaException exception, ImaLanguage language)
    {
        var advice = exception.GetAdvice(language);
        var isCheck = exception is { RetryGuidance: ImaRetryGuidance.CheckTask, Task: not null };
        return (exception.Task is { } task ? OfTask("failed", task) : new ImageToolAnswer { Status = "failed" }) with
        {
            Error = exception.Kind.ToString(),
            Reason = $"{advice.Reason}. {exception.Message}",
            Suggestion = isCheck ? CheckStatus : advice.Suggestion,
            CreditsSpent = exception.ChargeStatus switch
            {
                ImaChargeStatus.NotCharged => "no",
                ImaChargeStatus.Charged => "yes",
                _ => "unknown",
            },
            Images = Addresses(exception.ReadyImages),
            Failures = Reasons(exception.Failures),
            Adjustments = Changes(exception.Adjustments),
        };
    }

    private static ImageToolAnswer OfTask(string status, ImageTask task) => new()
    {
        Status = status,
        Task = task.Id,
        Credits = task.Credits,
        Model = task.ModelName ?? task.Model?.Id,
        Size = task.Size?.Value,
        AspectRatio = task.AspectRatio?.Value,
    };

    private static List<string>? Addresses(IReadOnlyList<GeneratedImage> images) =>
        Given(images.Select(image => image.Url.AbsoluteUri));

    private static List<string>? Reasons(IReadOnlyList<ImageFailure> failures) => Given(failures.Select(failure => failure.Reason));

    private static List<string>? Changes(IReadOnlyList<ImageAdjustment> adjustments) => Given(adjustments.Select(change =>
        string.Create(CultureInfo.InvariantCulture, $"{change.Parameter}: {change.From} -> {change.To}")));

    private static List<string>? Given(IEnumerable<string> texts) => texts.ToList() is { Count: > 0 } list ? list : null;
}
