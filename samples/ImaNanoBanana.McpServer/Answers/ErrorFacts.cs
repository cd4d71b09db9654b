namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Specifies why there is no image, and what to do.</summary>
internal sealed record ErrorFacts
{
    /// <summary>The kind of error.</summary>
    public required string Kind { get; init; }

    public required string Reason { get; init; }

    /// <summary>What to do now.</summary>
    public string? Suggestion { get; init; }

    public string? Detail { get; init; }

    /// <summary>yes, no or unknown.</summary>
    public required string CreditsSpent { get; init; }

    /// <summary>
    /// safe: you may repeat the same call. after: repeat it only after you followed the suggestion or waited
    /// retry_after_seconds. never: do not repeat it.
    /// </summary>
    public required string Retry { get; init; }

    public double? RetryAfterSeconds { get; init; }

    public string? TaskId { get; init; }

    public string? Handle { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? Parameter { get; init; }

    /// <summary>The allowed values.</summary>
    public IReadOnlyList<string>? Offered { get; init; }

    public decimal? RequiredCredits { get; init; }

    public decimal? AllowedCredits { get; init; }

    /// <summary>The images of the task that are ready despite the error.</summary>
    public IReadOnlyList<string>? ReadyUrls { get; init; }
}
