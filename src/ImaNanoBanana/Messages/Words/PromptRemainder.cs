using System.Buffers;
using System.Text;

namespace ImaNanoBanana.Messages.Words;

/// <summary>Removes words from a text, together with the separators that belong to them. Removes nothing else. Pure.</summary>
internal static class PromptRemainder
{
    private static readonly SearchValues<char> SentenceMarks = SearchValues.Create("。.!?！？…\n");

    /// <param name="text">The text.</param>
    /// <param name="clauses">Its clauses.</param>
    /// <param name="taken">The words to remove, in sequence; none spans two clauses.</param>
    /// <returns>The remaining text without white space around it; empty if nothing but separators remains.</returns>
    public static string Build(
        string text, IReadOnlyList<IReadOnlyList<ChoiceItem>> clauses, IReadOnlyList<ChoiceSegment> taken)
    {
        var result = new StringBuilder(text.Length);
        var (next, position, hasWords, isFirst) = (0, 0, false, true);
        string? separator = null;
        foreach (var clause in clauses)
        {
            var between = text[position..clause[0].Start];
            separator = separator is null ? between : Stronger(separator, between);
            position = clause[^1].End;
            var rest = Rest(text, clause[0].Start, position, taken, ref next);
            if (rest.Length > 0)
            {
                result.Append(hasWords || isFirst ? separator : "").Append(rest);
                (hasWords, separator) = (true, null);
            }

            isFirst = false;
        }

        var after = text[position..];
        if (separator is not null)
        {
            // The last clause was removed: a sentence keeps its end.
            separator = Stronger(separator, after);
            after = IsStrong(separator) ? separator : "";
        }

        return hasWords ? result.Append(after).ToString().Trim() : "";
    }

    /// <summary>Gets what remains of a clause.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The start of the clause.</param>
    /// <param name="end">The end of the clause.</param>
    /// <param name="taken">The words to remove.</param>
    /// <param name="next">The index of the next words to remove.</param>
    private static string Rest(string text, int start, int end, IReadOnlyList<ChoiceSegment> taken, ref int next)
    {
        var rest = "";
        for (; next < taken.Count && taken[next].Start < end; next++)
        {
            rest = Joined(rest, text[start..taken[next].Start]);
            start = taken[next].End;
        }

        return Joined(rest, text[start..end]).Trim();
    }

    private static string Joined(string left, string right) =>
        left.Length == 0 || char.IsWhiteSpace(left[^1]) ? left + right.TrimStart() : left + right;

    private static string Stronger(string first, string second) => !IsStrong(first) && IsStrong(second) ? second : first;

    private static bool IsStrong(string separator) => separator.AsSpan().ContainsAny(SentenceMarks);
}
