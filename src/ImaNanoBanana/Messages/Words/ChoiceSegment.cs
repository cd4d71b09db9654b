using static ImaNanoBanana.Messages.Words.ChoiceWordKind;

namespace ImaNanoBanana.Messages.Words;

/// <summary>Words of a sentence that mean, or can mean, a choice. Immutable.</summary>
/// <param name="Start">The position of the first character.</param>
/// <param name="End">The position after the last character.</param>
/// <param name="State">Whether the words set the choice.</param>
internal sealed record ChoiceSegment(int Start, int End, ExtractedWordsState State)
{
    public required IReadOnlyList<ImageChoice> Choices { get; init; }

    /// <summary>Whether all choices are sizes without a figure.</summary>
    public required bool IsVague { get; init; }

    /// <summary>Whether all choices are also ordinary words.</summary>
    public required bool IsCommon { get; init; }

    public ChoiceMeanings Meanings => new(Choices);

    public bool IsTaken => State == ExtractedWordsState.Taken;

    public static ChoiceSegment Asked(IReadOnlyList<ChoiceItem> clause, int start, int end)
    {
        var items = clause.Skip(start).Take(end - start).Where(static item => item.IsChoice).ToList();
        return Create(items, clause[start].Start, clause[end - 1].End, ExtractedWordsState.Taken);
    }

    /// <param name="item">The choice.</param>
    /// <param name="end">The position after the last character of what belongs to it.</param>
    public static ChoiceSegment Unclear(ChoiceItem item, int end) => Create([item], item.Start, end, ExtractedWordsState.Unclear);

    private static ChoiceSegment Create(List<ChoiceItem> items, int start, int end, ExtractedWordsState state) => new(start, end, state)
    {
        Choices = [.. items.Select(static item => item.Choice)],
        IsVague = items.TrueForAll(static item => item.Kind == Vague),
        IsCommon = items.TrueForAll(static item => item.Kind is Common or Number),
    };
}
