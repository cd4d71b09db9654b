using System.Globalization;

namespace ImaNanoBanana.Journal.Usage;

/// <summary>Sums the entries of a journal. Not thread-safe.</summary>
/// <param name="by">By what is summed.</param>
/// <param name="since">The time of the first submission that counts; null for all.</param>
internal sealed class UsageSum(ImageUsageGrouping by, DateTimeOffset? since)
{
    private const string DayFormat = "yyyy-MM-dd";

    private readonly SortedDictionary<string, ImageUsageGroup> _groups = new(StringComparer.Ordinal);
    private ImageUsageGroup _total = new("");

    public void Add(TaskJournalEntry entry)
    {
        // An entry that could not be read completely has no time, and what it may have cost must not be overlooked.
        if (entry.ClaimedAt < since && !(entry.IsUnknown && entry.ClaimedAt == default))
        {
            return;
        }

        var key = Key(entry);
        _groups[key] = (_groups.GetValueOrDefault(key) ?? new ImageUsageGroup(key)).With(entry);
        _total = _total.With(entry);
    }

    public ImageUsage ToUsage(bool isComplete) => new()
    {
        IsComplete = isComplete,
        Groups = [.. _groups.Values],
        Total = _total,
    };

    private string Key(TaskJournalEntry entry) => by switch
    {
        ImageUsageGrouping.Model => entry.Model?.Id ?? "",
        ImageUsageGrouping.Day when entry.ClaimedAt == default => "",
        ImageUsageGrouping.Day => entry.ClaimedAt.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture),
        _ => entry.Tag ?? "",
    };
}
