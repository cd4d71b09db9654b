namespace ImaNanoBanana.DependencyInjection;

/// <summary>Finds the name that is closest to a misspelled one. Pure.</summary>
internal static class NearestName
{
    /// <summary>A third of the letters may be wrong, and two letters of a short name.</summary>
    private const int FewestMistakes = 2;

    /// <returns>The nearest of the names; null if none is close.</returns>
    public static string? Find(string misspelled, IEnumerable<string> names)
    {
        var nearest = names.Select(
            name => (Name: name, Distance: Distance(misspelled.ToUpperInvariant(), name.ToUpperInvariant()))).MinBy(pair => pair.Distance);
        return nearest.Name is { } found && nearest.Distance <= Math.Max(FewestMistakes, found.Length / 3) ? found : null;
    }

    /// <summary>How many letters to insert, remove or replace.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        foreach (var letter in from)
        {
            var corner = row[0]++;
            for (var column = 1; column <= to.Length; column++)
            {
                var replaced = corner + (letter == to[column - 1] ? 0 : 1);
                corner = row[column];
                row[column] = Math.Min(replaced, 1 + Math.Min(row[column], row[column - 1]));
            }
        }

        return row[^1];
    }
}
