using System.Globalization;

namespace ImaNanoBanana.Errors;

/// <summary>Formats a waiting time in a suitable unit, rounded up. Pure.</summary>
internal static class Durations
{
    /// <summary>A smaller number of units is written in the next smaller unit: 90 minutes, but 2 hours.</summary>
    private const int Fewest = 2;

    /// <summary>The English words for second, minute, hour and day, each in the singular and the plural.</summary>
    public static readonly IReadOnlyList<(string One, string Several)> EnglishUnits =
        [("second", "seconds"), ("minute", "minutes"), ("hour", "hours"), ("day", "days")];

    /// <param name="time">The time.</param>
    /// <param name="units">The words for second, minute, hour and day, each in the singular and the plural.</param>
    public static string Describe(TimeSpan time, IReadOnlyList<(string One, string Several)> units)
    {
        var (count, unit) = Largest(time, units);
        var whole = Math.Max(1, Math.Ceiling(count));
        return string.Create(CultureInfo.InvariantCulture, $"{whole:0} {(whole == 1 ? unit.One : unit.Several)}");
    }

    private static (double Count, (string One, string Several) Unit) Largest(
        TimeSpan time, IReadOnlyList<(string One, string Several)> units)
    {
        if (time.TotalDays >= Fewest)
        {
            return (time.TotalDays, units[3]);
        }

        if (time.TotalHours >= Fewest)
        {
            return (time.TotalHours, units[2]);
        }

        if (time.TotalMinutes >= Fewest)
        {
            return (time.TotalMinutes, units[1]);
        }

        return (time.TotalSeconds, units[0]);
    }
}
