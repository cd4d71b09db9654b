namespace ImaNanoBanana.Testing.Control;

/// <summary>Represents a scenario that another process sets: the name of its method and the arguments.</summary>
internal sealed record ScenarioOrder
{
    /// <summary>The kinds with their members, for the error of a request that has others.</summary>
    public const string Kinds =
        "acceptThenDrop; truncatedAnswer; priceChange with credits; rateLimit with seconds; insufficientCredits; neverEndingTask; "
        + "successWithoutUrl, optionally with seconds; failedImages with count, optionally with reason; corruptImage; expiredUploadUrl; "
        + "clockSkew with seconds";

    public string? Kind { get; init; }

    public double? Seconds { get; init; }

    public decimal? Credits { get; init; }

    public int? Count { get; init; }

    public string? Reason { get; init; }

    /// <exception cref="ArgumentException">The kind is unknown, or it does not have these members.</exception>
    public void Apply(SimulatorScenario next) => _ = (Kind, Seconds, Credits, Count, Reason) switch
    {
        ("acceptThenDrop", null, null, null, null) => next.AcceptThenDrop(),
        ("truncatedAnswer", null, null, null, null) => next.TruncatedAnswer(),
        ("priceChange", null, { } credits, null, null) => next.PriceChange(credits),
        ("rateLimit", { } seconds, null, null, null) => next.RateLimit(Duration.FromSeconds(seconds)),
        ("insufficientCredits", null, null, null, null) => next.InsufficientCredits(),
        ("neverEndingTask", null, null, null, null) => next.NeverEndingTask(),
        ("successWithoutUrl", null, null, null, null) => next.SuccessWithoutUrl(),
        ("successWithoutUrl", { } seconds, null, null, null) => next.SuccessWithoutUrl(Duration.FromSeconds(seconds)),
        ("failedImages", null, null, { } count, null) => next.FailedImages(count),
        ("failedImages", null, null, { } count, { } reason) => next.FailedImages(count, reason),
        ("corruptImage", null, null, null, null) => next.CorruptImage(),
        ("expiredUploadUrl", null, null, null, null) => next.ExpiredUploadUrl(),
        ("clockSkew", { } seconds, null, null, null) => next.ClockSkew(Duration.FromSeconds(seconds, fewest: -Duration.MostSeconds)),
        _ => throw new ArgumentException($"Unknown scenario. The kinds are: {Kinds}."),
    };
}
