namespace ImaNanoBanana.Messages.Words;

/// <summary>Finds the choices in a sentence, and the prompt that remains. Takes linear time. Pure.</summary>
internal sealed class ChoiceExtraction
{
    private readonly string _text;
    private readonly IReadOnlyList<IReadOnlyList<ChoiceItem>> _clauses;
    private readonly List<ChoiceSegment> _segments = [];

    private ChoiceExtraction(string text)
    {
        _text = text;
        _clauses = SentenceReader.Read(text);
        foreach (var clause in _clauses)
        {
            AddSegments(clause);
        }
    }

    public static ExtractedChoice Extract(string text)
    {
        var extraction = new ChoiceExtraction(text);
        extraction.Decide();
        return extraction.Result();
    }

    private void AddSegments(IReadOnlyList<ChoiceItem> clause)
    {
        var next = 0;
        foreach (var range in ClauseRules.Find(clause))
        {
            var (start, length) = range.GetOffsetAndLength(clause.Count);
            AddUnclear(clause, next, start);
            next = start + length;
            _segments.Add(ChoiceSegment.Asked(clause, start, next));
        }

        AddUnclear(clause, next, clause.Count);
    }

    /// <summary>
    /// Adds the choices that do not clearly ask. Words of praise are reported only where they stand alone or beside "model".
    /// </summary>
    private void AddUnclear(IReadOnlyList<ChoiceItem> clause, int start, int end)
    {
        for (var index = start; index < end; index++)
        {
            if (UnclearWords.LastItem(clause, index, end) is { } last)
            {
                _segments.Add(ChoiceSegment.Unclear(clause[index], clause[last].End));
                index = last;
            }
        }
    }

    private void Decide()
    {
        // An explicit size comes before 高清 and HD, which then describe the image.
        if (_segments.Exists(static segment => segment is { IsTaken: true, IsVague: false, Meanings.Sizes.Count: > 0 }))
        {
            Change(static segment => segment.IsVague, ExtractedWordsState.Unclear);
        }

        var all = new ChoiceMeanings(_segments.Where(static segment => segment.IsTaken).SelectMany(static segment => segment.Choices));
        Change(segment => segment.Choices.Any(all.Contradict), ExtractedWordsState.Contradictory);

        // Who writes only "portrait" or "pro" wants to see one.
        if (_segments.TrueForAll(static segment => !segment.IsTaken || segment.IsCommon)
            && PromptRemainder.Build(_text, _clauses, Taken()).Length == 0)
        {
            Change(static _ => true, ExtractedWordsState.Unclear);
        }
    }

    private void Change(Func<ChoiceSegment, bool> isMeant, ExtractedWordsState state)
    {
        for (var index = 0; index < _segments.Count; index++)
        {
            if (_segments[index].IsTaken && isMeant(_segments[index]))
            {
                _segments[index] = _segments[index] with { State = state };
            }
        }
    }

    private List<ChoiceSegment> Taken() => _segments.FindAll(static segment => segment.IsTaken);

    private ExtractedChoice Result()
    {
        var taken = Taken();
        return new ExtractedChoice
        {
            Choice = new ChoiceMeanings(taken.SelectMany(static segment => segment.Choices)).Choice,
            Prompt = taken.Count == 0 ? _text : PromptRemainder.Build(_text, _clauses, taken),
            Taken = [.. taken.Select(Words)],
            NotTaken = [.. _segments.Where(static segment => !segment.IsTaken).Select(Words)],
        };
    }

    private ExtractedWords Words(ChoiceSegment segment) =>
        new(_text[segment.Start..segment.End], segment.Start, segment.Meanings.Choice, segment.State);
}
