using System.Buffers;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Messages.Words;

/// <summary>Splits a sentence into clauses, and these into words of the vocabulary and others. Takes linear time. Pure.</summary>
internal sealed class SentenceReader
{
    private const string Openers = "\"“(「『《【";
    private const string Closers = "\"”)」』》】";
    private const string SentenceMarks = "!?…";
    private const string FlagMark = "--";

    private static readonly ChoiceWord FlagWord = new(ChoiceWordKind.Noun, new ImageChoice());

    private static readonly SearchValues<char> ClauseMarks = SearchValues.Create(",;、。\n\r");

    private readonly string _text;
    private readonly MatchCollection _tokens;
    private readonly List<IReadOnlyList<ChoiceItem>> _clauses = [];
    private readonly List<ChoiceItem> _clause = [];

    private SentenceReader(string text)
    {
        _text = text;
        _tokens = ChoiceLexicon.Tokens(text);
    }

    /// <returns>The clauses. A clause has at least one word, and only separators are between two clauses.</returns>
    public static IReadOnlyList<IReadOnlyList<ChoiceItem>> Read(string text) =>
        new SentenceReader(ChoiceLexicon.HalfWidth(text)).Read();

    private List<IReadOnlyList<ChoiceItem>> Read()
    {
        for (var index = 0; index < _tokens.Count;)
        {
            var token = _tokens[index];
            if (SentenceMarks.Contains(token.Value, StringComparison.Ordinal) || (index > 0 && IsBoundary(_tokens[index - 1], token)))
            {
                EndClause();
            }

            if (SentenceMarks.Contains(token.Value, StringComparison.Ordinal))
            {
                index++;
            }
            else if (IsFlag(token))
            {
                index = AddFlag(index);
            }
            else if (token.Length == 1 && Openers.IndexOf(token.Value[0], StringComparison.Ordinal) is >= 0 and var bracket)
            {
                index = AddQuotation(index, Closers[bracket]);
            }
            else
            {
                var word = ChoiceLexicon.Find(_tokens, index, EndOfClause(index), out var count);
                Add(Listed(word), index, count);
                index += count;
            }
        }

        EndClause();
        return _clauses;
    }

    /// <summary>Adds a quotation as one word, because its words are part of the image. It ends with the text if it has no end.</summary>
    /// <returns>The token after the quotation.</returns>
    private int AddQuotation(int opening, char closer)
    {
        var end = opening + 1;
        while (end < _tokens.Count && !(_tokens[end].Length == 1 && _tokens[end].Value[0] == closer))
        {
            end++;
        }

        end = Math.Min(end + 1, _tokens.Count);
        Add(ChoiceWord.Other, opening, end - opening);
        return end;
    }

    /// <summary>Adds <c>--ar 16:9</c>, as other image services write it, as a clause of its own.</summary>
    /// <returns>The token after it.</returns>
    private int AddFlag(int index)
    {
        EndClause();
        Add(FlagWord, index, 1, _tokens[index].Index - FlagMark.Length);
        index++;
        if (index < _tokens.Count && _tokens[index].Groups["width"].Success)
        {
            Add(Listed(ChoiceLexicon.Find(_tokens, index, index + 1, out _)), index, 1);
            index++;
        }

        EndClause();
        return index;
    }

    private bool IsFlag(Match token) =>
        token.Value is "ar" or "aspect"
        && token.Index >= FlagMark.Length
        && _text.AsSpan(0, token.Index).EndsWith(FlagMark, StringComparison.Ordinal)
        && (token.Index == FlagMark.Length || char.IsWhiteSpace(_text[token.Index - FlagMark.Length - 1]));

    /// <summary>A ratio that models do not list may be a score or a time of day.</summary>
    private static ChoiceWord Listed(ChoiceWord? word)
    {
        if (word is not { IsChoice: true, Choice.AspectRatio: { } ratio } || ChoiceLexicon.IsOffered(ratio))
        {
            return word ?? ChoiceWord.Other;
        }

        return word with { Kind = ChoiceWordKind.Unlisted };
    }

    private void Add(ChoiceWord word, int first, int count, int? from = null)
    {
        var (start, last) = (from ?? _tokens[first].Index, _tokens[first + count - 1]);
        var isContinuous = _clause.Count == 0 || _text.AsSpan(_clause[^1].End, start - _clause[^1].End).IsWhiteSpace();
        _clause.Add(new ChoiceItem(word, start, last.Index + last.Length, !char.IsAscii(_text[start]), isContinuous));
    }

    private void EndClause()
    {
        if (_clause.Count > 0)
        {
            _clauses.Add([.. _clause]);
            _clause.Clear();
        }
    }

    /// <summary>The token after the next few that belong to the clause: enough for the longest name.</summary>
    private int EndOfClause(int index)
    {
        var end = index + 1;
        while (end < _tokens.Count && end - index < ChoiceLexicon.MostTokens && !IsBoundary(_tokens[end - 1], _tokens[end]))
        {
            end++;
        }

        return end;
    }

    private bool IsBoundary(Match before, Match after)
    {
        var start = before.Index + before.Length;
        var gap = _text.AsSpan(start, after.Index - start);

        // The comma of 2,512 and the stop of 3.1 are parts of numbers.
        var isNumber = gap.Length == 1 && char.IsAsciiDigit(_text[start - 1]) && char.IsAsciiDigit(_text[after.Index]);
        return !isNumber && (gap.ContainsAny(ClauseMarks) || IsDash(gap) || EndsWithStop(gap, after));
    }

    private static bool IsDash(ReadOnlySpan<char> gap) =>
        gap.Length > 2 && char.IsWhiteSpace(gap[0]) && char.IsWhiteSpace(gap[^1]) && gap.Trim() is "-";

    private bool EndsWithStop(ReadOnlySpan<char> gap, Match after)
    {
        var stop = gap.LastIndexOf('.');
        return stop >= 0 && (stop < gap.Length - 1 || !char.IsAscii(_text[after.Index]));
    }
}
