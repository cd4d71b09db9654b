using System.Text.Json.Serialization;

namespace ImaNanoBanana.Benchmarks;

/// <summary>The JSON of a measurement.</summary>
internal sealed record ReportDocument
{
    public required string Measurement { get; init; }

    public required bool Quick { get; init; }

    public required double Seconds { get; init; }

    public required int Cores { get; init; }

    public required string System { get; init; }

    public required string Architecture { get; init; }

    public required string Runtime { get; init; }

    public string? Commit { get; init; }

    public required IReadOnlyList<RowDocument> Rows { get; init; }
}

internal sealed record RowDocument
{
    public required string Name { get; init; }

    public double? Figure { get; init; }

    public required string Unit { get; init; }

    public double? AtMost { get; init; }

    public double? AtLeast { get; init; }

    public IReadOnlyList<double>? Rounds { get; init; }

    public required string Verdict { get; init; }

    public string? Note { get; init; }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class ReportJson : JsonSerializerContext;
