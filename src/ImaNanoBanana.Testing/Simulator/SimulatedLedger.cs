using System.Globalization;
using System.Text;

namespace ImaNanoBanana.Testing;

/// <summary>What a test says about the credits that the simulator charged. The entries are <see cref="ImaSimulator.Charges"/>.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SimulatedLedger
{
    private const int LongestPrompt = 60;

    private readonly object _gate = new();
    private readonly List<SimulatedCharge> _charges = [];

    internal SimulatedLedger()
    {
    }

    internal IReadOnlyList<SimulatedCharge> Charges
    {
        get
        {
            lock (_gate)
            {
                return [.. _charges];
            }
        }
    }

    /// <summary>Makes a test fail unless exactly these credits were charged, all orders together.</summary>
    /// <param name="credits">The credits; an order of several images costs its price for each of them.</param>
    /// <exception cref="InvalidOperationException">Another sum was charged. The text lists every charge.</exception>
    public void ShouldHaveCharged(decimal credits)
    {
        var charges = Charges;
        var charged = charges.Sum(charge => charge.Credits);
        if (charged != credits)
        {
            throw new InvalidOperationException(
                Text($"{Amount(credits)} credits should have been charged, and {Amount(charged)} were.", charges));
        }
    }

    /// <summary>Makes a test fail if anything was bought, even for nothing.</summary>
    /// <exception cref="InvalidOperationException">Something was bought. The text lists every charge.</exception>
    public void ShouldBeEmpty()
    {
        if (Charges is { Count: > 0 } charges)
        {
            throw new InvalidOperationException(Text("Nothing should have been bought.", charges));
        }
    }

    internal void Add(SimulatedCharge charge)
    {
        lock (_gate)
        {
            _charges.Add(charge);
        }
    }

    private static string Text(string what, IReadOnlyList<SimulatedCharge> charges)
    {
        var text = new StringBuilder(what).Append(charges.Count == 0 ? " There is no charge." : $" The charges ({charges.Count}):");
        foreach (var charge in charges)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n  {charge.TaskId}  {Amount(charge.Credits)} credits  {charge.At:yyyy-MM-dd HH:mm:ss}Z  {Shown(charge.Prompt)}");
        }

        return text.ToString();
    }

    private static string Amount(decimal credits) => credits.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>On one line, as long as a line may be.</summary>
    private static string Shown(string prompt)
    {
        var line = prompt.ReplaceLineEndings(" ");
        return line.Length <= LongestPrompt ? line : line[..LongestPrompt] + "…";
    }
}
