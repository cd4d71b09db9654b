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

    /// <summary>The figure of each round; empty if there was only one.</summary>
    public IReadOnlyList<double> Rounds { get; private init; } = [];

    /// <summary>The figure is the median of the rounds, never the best of them.</summary>
    public static Row FromRounds(string name, IReadOnlyList<double> rounds, string unit = "") =>
        new(name, Statistics.Median(rounds), unit) { Rounds = rounds };

    /// <summary>The figure is the highest of the rounds, for what must never take longer.</summary>
    public static Row FromHighest(string name, IReadOnlyList<double> rounds, string unit = "") =>
        new(name, rounds.Max(), unit) { Rounds = rounds };

    public bool IsMissed => Figure is { } figure && !Meets(figure);

    /// <summary>
    /// <c>ok</c>, <c>over target</c>, or empty if there is no target or no figure. If some rounds have the other verdict, it says how
    /// many have this one.
    /// </summary>
    public string Verdict
    {
        get
        {
            if (Figure is null || (AtMost is null && AtLeast is null))
            {
                return "";
            }

            var same = Rounds.Count(round => Meets(round) != IsMissed);
            var verdict = IsMissed ? "over target" : "ok";
            return same == Rounds.Count ? verdict : $"{verdict}, {same} of {Rounds.Count} rounds";
        }
    }

    public string FigureText => Figure is { } figure ? $"{Number(figure)} {Unit}".TrimEnd() : "not measured";

    /// <summary>The lowest and the highest round.</summary>
    public string SpreadText => Rounds.Count == 0 ? "" : $"{Number(Rounds.Min())}..{Number(Rounds.Max())}";

    public string TargetText =>
        AtMost is { } most ? $"<= {Number(most)} {Unit}".TrimEnd() : AtLeast is { } least ? $">= {Number(least)} {Unit}".TrimEnd() : "";

    private bool Meets(double figure) =>
        figure <= (AtMost ?? double.PositiveInfinity) && figure >= (AtLeast ?? double.NegativeInfinity);

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
