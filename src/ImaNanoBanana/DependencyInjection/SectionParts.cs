using System.Globalization;
using ImaNanoBanana.Masking;
using Microsoft.Extensions.Configuration;

namespace ImaNanoBanana.DependencyInjection;

/// <summary>
/// The journal and the budget that a configuration section describes, beside the options. What the app's code adds takes precedence.
/// </summary>
/// <param name="Folder">The folder of the journal; null for none.</param>
/// <param name="Retention">How long the journal keeps finished submissions; null for the default.</param>
/// <param name="Credits">The limit of the budget; null for no budget.</param>
/// <param name="Period">The period of the budget; null for none.</param>
/// <param name="Problems">What is wrong with the section, in sentences.</param>
internal sealed record SectionParts(
    string? Folder, TimeSpan? Retention, decimal? Credits, TimeSpan? Period, IReadOnlyList<string> Problems)
{
    private const string Journal = "Journal";
    private const string Budget = "Budget";

    public static IReadOnlyList<string> Names => [Journal, Budget];

    public static SectionParts Read(IConfiguration section)
    {
        var (journal, budget, problems) = (section.GetSection(Journal), section.GetSection(Budget), new List<string>());
        CheckKeys(journal, ["Folder", "Retention"], problems);
        CheckKeys(budget, ["Credits", "Period"], problems);
        var (folder, credits) = (journal["Folder"], Number(budget, "Credits", problems));
        if (folder is not null && string.IsNullOrWhiteSpace(folder))
        {
            problems.Add("Journal:Folder is empty. Set the folder, or remove Journal.");
        }

        if (journal["Retention"] is not null && folder is null)
        {
            problems.Add("Journal:Retention is set without Journal:Folder. Set the folder of the journal too.");
        }

        if (budget["Period"] is not null && budget["Credits"] is null)
        {
            problems.Add("Budget:Period is set without Budget:Credits. Set how many credits may be spent in the period.");
        }

        return new SectionParts(
            string.IsNullOrWhiteSpace(folder) ? null : folder,
            Time(journal, "Retention", TimeSpan.Zero, "not negative", problems),
            credits,
            Time(budget, "Period", TimeSpan.FromTicks(1), "greater than zero", problems),
            problems);
    }

    private static void CheckKeys(IConfigurationSection part, string[] known, List<string> problems)
    {
        if (part.Value is not null)
        {
            problems.Add(
                $"{part.Key} has a value of its own. Set {string.Join(" and ", known.Select(key => $"{part.Key}:{key}"))} instead.");
        }

        problems.AddRange(
            from child in part.GetChildren()
            where !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
            select $"The configuration contains '{part.Key}:{UntrustedText.Line(child.Key)}', which does not exist. "
                + (NearestName.Find(child.Key, known) is { } nearest
                    ? $"Did you mean {part.Key}:{nearest}?"
                    : $"{part.Key} has {string.Join(" and ", known)}."));
    }

    private static decimal? Number(IConfigurationSection part, string key, List<string> problems)
    {
        if (part[key] is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            && number >= 0)
        {
            return number;
        }

        problems.Add($"{part.Key}:{key} is '{UntrustedText.Line(text)}'; it must be a number such as 500 or 7.5, and not negative.");
        return null;
    }

    private static TimeSpan? Time(IConfigurationSection part, string key, TimeSpan least, string limit, List<string> problems)
    {
        if (part[key] is not { } text)
        {
            return null;
        }

        // Without a dot, "24:00:00" and "30" would be read as 24 and 30 days.
        var isTime = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time);
        if (isTime && time >= least && (time.Days == 0 || text.Contains('.', StringComparison.Ordinal)))
        {
            return time;
        }

        if (isTime && time.Days > 0)
        {
            problems.Add(
                $"{part.Key}:{key} is '{UntrustedText.Line(text)}', which means {time.Days} days. Write {time.Days}.00:00:00 if you mean "
                    + "this, 12:00:00 for 12 hours, or 1.00:00:00 for one day.");
            return null;
        }

        problems.Add(
            $"{part.Key}:{key} is '{UntrustedText.Line(text)}'; it must be {limit}, such as 12:00:00 for 12 hours or 1.00:00:00 for one "
                + "day.");
        return null;
    }
}
