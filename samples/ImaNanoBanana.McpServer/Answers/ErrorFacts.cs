using System.ComponentModel;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Specifies why there is no image, and what to do.</summary>
internal sealed record ErrorFacts
{
    [Description("The kind of error.")]
    public required string Kind { get; init; }

    public required string Reason { get; init; }

    [Description("What to do now.")]
    public string? Suggestion { get; init; }

    public string? Detail { get; init; }

    [Description("yes, no or unknown.")]
    public required string CreditsSpent { get; init; }

    [Description(
        "safe: you may repeat the same call. after: repeat it only after you followed the suggestion or waited retry_after_seconds. "
            + "never: do not repeat it.")]
    public required string Retry { get; init; }

    public double? RetryAfterSeconds { get; init; }

    public string? TaskId { get; init; }

    public string? Handle { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? Parameter { get; init; }

    [Description("The allowed values.")]
    public IReadOnlyList<string>? Offered { get; init; }

    public decimal? RequiredCredits { get; init; }

    public decimal? AllowedCredits { get; init; }

    [Description("The images of the task that are ready despite the error.")]
    public IReadOnlyList<string>? ReadyUrls { get; init; }
}
