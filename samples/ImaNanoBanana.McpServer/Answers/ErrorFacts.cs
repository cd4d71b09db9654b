using System.ComponentModel;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Why there is no image, and what to do.</summary>
internal sealed record ErrorFacts
{
    [Description("What happened, in one word.")]
    public required string Kind { get; init; }

    public required string Reason { get; init; }

    [Description("What to do now.")]
    public string? Suggestion { get; init; }

    public string? Detail { get; init; }

    [Description("yes, no or unknown.")]
    public required string CreditsSpent { get; init; }

    [Description(
        "safe: the same call may be repeated. after: once the suggestion was followed or retry_after_seconds are over. never: do not "
            + "repeat the call.")]
    public required string Retry { get; init; }

    public double? RetryAfterSeconds { get; init; }

    public string? TaskId { get; init; }

    public string? Handle { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? Parameter { get; init; }

    [Description("The values that are offered instead.")]
    public IReadOnlyList<string>? Offered { get; init; }

    public decimal? RequiredCredits { get; init; }

    public decimal? AllowedCredits { get; init; }

    [Description("Images of the task that are ready nevertheless.")]
    public IReadOnlyList<string>? ReadyUrls { get; init; }
}
