using System.Globalization;
using System.Text;

namespace ImaNanoBanana.Testing;

/// <summary>Checks in a test which credits the simulator charged. <see cref="ImaSimulator.Charges"/> contains the entries.</summary>
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

    /// <summary>Fails a test unless exactly these credits were charged for all submissions together.</summary>
    /// <param name="credits">The credits. A submission of several images costs its price for each of them.</param>
    /// <exception cref="InvalidOperationException">A different amount was charged. The message lists every charge.</exception>
    public void ShouldHaveCharged(decimal credits)
    {
        var charges = Charges;
        var charged = charges.Sum(charge => charge.Credits);
        if (charged != credits)
        {
            throw new InvalidOperationException(
                Text($"Expected {Amount(credits)} credits to be charged, but {Amount(charged)} were charged.", charges));
        }
    }

    /// <summary>Fails a test if any submission was accepted, even at a price of 0 credits.</summary>
    /// <exception cref="InvalidOperationException">A submission was accepted. The message lists every charge.</exception>
    public void ShouldBeEmpty()
    {
        if (Charges is { Count: > 0 } charges)
        {
            throw new InvalidOperationException(Text("Expected no charges.", charges));
        }
    }

    internal void Add(SimulatedCharge charge)
    {
        lock (_gate)
        {
            _charges.Add(charge);
        }
    }

    internal void Replace(IEnumerable<SimulatedCharge> charges)
    {
        SimulatedCharge[] replacement = [.. charges];
        lock (_gate)
        {
            _charges.Clear();
            _charges.AddRange(replacement);
        }
    }

    private static string Text(string what, IReadOnlyList<SimulatedCharge> charges)
    {
        var text = new StringBuilder(what).Append(charges.Count == 0 ? " There are no charges." : $" The charges ({charges.Count}):");
        foreach (var charge in charges)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n  {charge.TaskId}  {Amount(charge.Credits)} credits  {charge.At:yyyy-MM-dd HH:mm:ss}Z  {Shown(charge.Prompt)}");
        }

        return text.ToString();
    }

    private static string Amount(decimal credits) => credits.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Puts the prompt on one line and shortens it to the maximum length.</summary>
    private static string Shown(string prompt)
    {
        var line = prompt.ReplaceLineEndings(" ");
        return line.Length <= LongestPrompt ? line : line[..LongestPrompt] + "…";
    }
}
