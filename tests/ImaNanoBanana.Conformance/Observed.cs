using System.Text.Json;

namespace ImaNanoBanana.Conformance;

/// <summary>What the client did with a vector, in the terms of the vector.</summary>
internal sealed record Observed(string Outcome)
{
    /// <summary>The outcome of a run that ended with an error that the client does not declare.</summary>
    public const string Crash = "crash";

    public string? RequestErrors { get; init; }

    public int? Code { get; init; }

    public IReadOnlyList<JsonElement> Creates { get; init; } = [];

    public int Tokens { get; init; }

    public int Puts { get; init; }

    public int Details { get; init; }

    public IReadOnlyList<string> Images { get; init; } = [];

    public int Failures { get; init; }

    /// <summary>The price per image that the client reports.</summary>
    public decimal? Points { get; init; }

    public IReadOnlyList<string> Adjustments { get; init; } = [];
}
