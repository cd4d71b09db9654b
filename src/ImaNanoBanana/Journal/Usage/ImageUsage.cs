namespace ImaNanoBanana;

/// <summary>Represents what the submissions of a journal cost. Immutable.</summary>
public sealed record ImageUsage
{
    /// <summary>
    /// Whether the journal records every submission. False for the default journal of a client: it records only requests with an
    /// <see cref="ImageRequest.IdempotencyKey"/>, for 24 hours and for this process, so that more may have been spent. Other journals
    /// forget finished submissions after their retention.
    /// </summary>
    public required bool IsComplete { get; init; }

    /// <summary>The sums, one for each key, sorted by the key.</summary>
    public required IReadOnlyList<ImageUsageGroup> Groups { get; init; }

    /// <summary>The sum of all groups, with the empty key.</summary>
    public required ImageUsageGroup Total { get; init; }
}
