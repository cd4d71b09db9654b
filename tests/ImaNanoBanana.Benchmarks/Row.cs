using System.Globalization;

namespace ImaNanoBanana.Benchmarks;

/// <summary>One line in the table of a measurement.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Figure">The figure; null if it could not be measured, and <see cref="Note"/> says why.</param>
/// <param name="Unit">The unit of the figure; empty for ratios and counts.</param>
internal sealed record Row(string Name, double? Figure, string Unit = "")
{
    /// <summary>The maximum of the figure.</summary>
    public double? AtMost { get; init; }

    /// <summary>The minimum of the figure.</summary>
    public double? AtLeast { get; init; }

    /// <summary>What a reader must know about the figure.</summary>
    public string? Note { get; init; }

    public bool IsMissed =>
        Figure is { } figure && !(figure <= (AtMost ?? double.PositiveInfinity) && figure >= (AtLeast ?? double.NegativeInfinity));

    /// <c>ok</c>, <c>over target</c>, or empty if there is no target or no figure.
    public string Verdict => Figure is null || (AtMost is null && AtLeast is null) ? "" : IsMissed ? "over target" : "ok";

    public string FigureText => Figure is { } figure ? $"{Number(figure)} {Unit}".TrimEnd() : "not measured";

    public string TargetText =>
        AtMost is { } most ? $"<= {Number(most)} {Unit}".TrimEnd() : AtLeast is { } least ? $">= {Number(least)} {Unit}".TrimEnd() : "";

    private static string Number(double value) => value.ToString(
        Math.Abs(value) switch
        {
            >= 1000 => "#,0",
            >= 100 => "0",
            >= 10 => "0.#",
            _ => "0.##",
        },
        CultureInfo.InvariantCulture);
}
