using System.Text.Json;

namespace ImaNanoBanana.Testing.Control;

/// <summary>Represents a scenario that another process sets: the name of its method and the arguments.</summary>
internal sealed record ScenarioOrder
{
    /// <summary>The members of each kind apart from <c>kind</c>; those that end in a question mark may be absent.</summary>
    private static readonly Dictionary<string, string[]> Kinds = new()
    {
        ["acceptThenDrop"] = [],
        ["truncatedAnswer"] = [],
        ["priceChange"] = ["credits"],
        ["rateLimit"] = ["seconds"],
        ["insufficientCredits"] = [],
        ["neverEndingTask"] = [],
        ["successWithoutUrl"] = ["seconds?"],
        ["failedImages"] = ["count", "reason?"],
        ["corruptImage"] = [],
        ["expiredUploadUrl"] = [],
        ["clockSkew"] = ["seconds"],
    };

    public string? Kind { get; init; }

    public double? Seconds { get; init; }

    public decimal? Credits { get; init; }

    public int? Count { get; init; }

    public string? Reason { get; init; }

    /// <exception cref="JsonException">The kind is unknown, or it does not have these members.</exception>
    public void Apply(SimulatorScenario next)
    {
        Check();
        _ = Kind switch
        {
            "acceptThenDrop" => next.AcceptThenDrop(),
            "truncatedAnswer" => next.TruncatedAnswer(),
            "priceChange" => next.PriceChange(Credits!.Value),
            "rateLimit" => next.RateLimit(Duration.FromSeconds(Seconds!.Value, "seconds")),
            "insufficientCredits" => next.InsufficientCredits(),
            "neverEndingTask" => next.NeverEndingTask(),
            "successWithoutUrl" when Seconds is { } seconds => next.SuccessWithoutUrl(Duration.FromSeconds(seconds, "seconds")),
            "successWithoutUrl" => next.SuccessWithoutUrl(),
            "failedImages" when Reason is not null => next.FailedImages(Count!.Value, Reason),
            "failedImages" => next.FailedImages(Count!.Value),
            "corruptImage" => next.CorruptImage(),
            "expiredUploadUrl" => next.ExpiredUploadUrl(),
            _ => next.ClockSkew(Duration.FromSeconds(Seconds!.Value, "seconds", fewest: -Duration.MostSeconds)),
        };
    }

    private void Check()
    {
        if (Kind is null || !Kinds.TryGetValue(Kind, out var members))
        {
            throw ControlError.Create($"'kind' must be one of: {string.Join(", ", Kinds.Keys)}.", "kind", [.. Kinds.Keys]);
        }

        (string Name, bool IsGiven)[] given =
        [
            ("seconds", Seconds is not null), ("credits", Credits is not null),
            ("count", Count is not null), ("reason", Reason is not null),
        ];
        foreach (var (name, isGiven) in given)
        {
            if (isGiven && !members.Contains(name) && !members.Contains(name + "?"))
            {
                string[] allowed = ["kind", .. members.Select(member => member.TrimEnd('?'))];
                throw ControlError.Create($"'{Kind}' has no member '{name}'. Use: {string.Join(", ", allowed)}.", name, allowed);
            }

            if (!isGiven && members.Contains(name))
            {
                throw ControlError.Create($"'{Kind}' needs the member '{name}'.", name);
            }
        }

        if (Credits < 0)
        {
            throw ControlError.Create("'credits' must not be negative.", "credits");
        }

        if (Count < 1)
        {
            throw ControlError.Create("'count' must be at least 1.", "count");
        }
    }
}
