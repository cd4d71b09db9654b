using static ImaNanoBanana.Messages.Words.ChoiceWordKind;

namespace ImaNanoBanana.Messages.Words;

/// <summary>
/// Decides which words of a clause clearly ask for a choice: those that are the whole clause, that stand at its beginning before what
/// is to be drawn, or at its end after a word such as "in". All other words belong to the prompt. Pure.
/// </summary>
internal static class ClauseRules
{
    /// <summary>The number of words before a choice in which a "not" applies to it.</summary>
    private const int ReachOfNegation = 3;

    /// <returns>The ranges of the items that ask for choices, in sequence.</returns>
    public static IReadOnlyList<Range> Find(IReadOnlyList<ChoiceItem> items)
    {
        if (IsRequest(items, 0, items.Count))
        {
            return [Range.All];
        }

        var ranges = new List<Range>();
        var start = Opening(items);
        if (start > 0)
        {
            ranges.Add(..start);
        }

        if (start > 0 && IsRequest(items, start, items.Count))
        {
            return [Range.All];
        }

        var before = ranges.Count;
        for (var end = items.Count; AfterPreposition(items, start, end) is { } phrase; end = phrase.Start.Value)
        {
            // Several phrases may follow each other: using nano banana pro in 4K. They are found from the end.
            ranges.Add(phrase);
        }

        var hasPhrases = ranges.Count > before;
        var last = hasPhrases ? ranges[^1].Start.Value : items.Count;
        if (!hasPhrases && AtTheEnd(items, start) is { } ending)
        {
            ranges.Add(ending);
        }
        else if (PictureRules.Find(items, start, last) is { } picture)
        {
            ranges.Add(picture);
        }

        ranges.Reverse(before, ranges.Count - before);
        return ranges;
    }

    /// <summary>Whether the words only ask for choices: <c>4K portrait</c>, <c>use the best model</c>, <c>画一张竖图</c>.</summary>
    public static bool IsRequest(IReadOnlyList<ChoiceItem> items, int start, int end)
    {
        var (isCommand, hasChoice) = (false, false);
        var context = Context(items, start, end);
        for (var index = start; index < end; index++)
        {
            var kind = items[index].Kind;
            if (items[index].IsChoice)
            {
                hasChoice = true;
                if (!Accepts(context, items[index], isCommand))
                {
                    return false;
                }
            }
            else if (kind is Verb or Measure)
            {
                isCommand = true;
            }
            else if (kind == Article ? !IsLead(items, index - 1, start) : !IsPartOfRequest(items, index, start))
            {
                return false;
            }
        }

        return hasChoice;
    }

    /// <summary>Finds the words before the image is described: <c>用Pro</c>画…, <c>use Pro to</c> draw…, <c>竖图：</c>….</summary>
    /// <returns>The index after these words; 0 if there are none.</returns>
    private static int Opening(IReadOnlyList<ChoiceItem> items)
    {
        var index = 0;
        while (index < items.Count - 1 && items[index].Kind == Joint)
        {
            index++;
        }

        var usesChoice = items[index].Kind == Use;
        var first = usesChoice ? index + 1 : index;
        while (++index < items.Count && (items[index].IsChoice || items[index].Kind is Joint or Noun or Model or Article))
        {
        }

        if (index >= items.Count || !HasAcceptedChoices(items, usesChoice ? first - 1 : first, index))
        {
            return 0;
        }

        if (usesChoice && items[index].Kind is Verb or Purpose)
        {
            return items[index].Kind == Purpose && index + 1 < items.Count ? index + 1 : index;
        }

        return items[index].Kind == Colon && IsClear(items, first, index) ? index + 1 : 0;
    }

    /// <summary>Finds the words at the end that follow a preposition: a cat <c>in 4K</c>, a cat <c>with nano banana pro</c>.</summary>
    private static Range? AfterPreposition(IReadOnlyList<ChoiceItem> items, int start, int end)
    {
        var index = end - 1;
        while (index > start && items[index].IsContinuous
            && (items[index].IsChoice || items[index].Kind is Joint or Noun or Model or Article))
        {
            index--;
        }

        return index > start
            && items[index].IsContinuous
            && items[index].Kind is In or At or With or Use
            && !IsNegated(items, index, start)
            && HasAcceptedChoices(items, index, end)
            && (items[index].Kind is not (In or At) || !HasOnlyModels(items, index, end))
            ? index..end
            : null;
    }

    /// <summary>Finds a Chinese word for an aspect ratio at the end, and the choices directly before it: 画一只狐狸<c>的4K竖图</c>.</summary>
    private static Range? AtTheEnd(IReadOnlyList<ChoiceItem> items, int start)
    {
        var first = StartOfRun(items, start, items.Count);
        return first > start
            && first < items.Count
            && HasRatioWord(items, first)
            && !IsNegated(items, first, start)
            ? first..
            : null;
    }

    /// <summary>Finds the first word of the choices that end at an index, including a 的 before them.</summary>
    internal static int StartOfRun(IReadOnlyList<ChoiceItem> items, int start, int end)
    {
        var index = end;
        while (index > start && IsInRun(items[index - 1]) && (index == end || items[index].IsContinuous))
        {
            index--;
        }

        return index;
    }

    private static bool IsInRun(ChoiceItem item) => item.Kind is Clear or Common or Vague or Joint;

    private static bool HasRatioWord(IReadOnlyList<ChoiceItem> items, int start)
    {
        for (var index = start; index < items.Count; index++)
        {
            if (items[index] is { Kind: Clear, Choice.AspectRatio: not null, IsChinese: true })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsClear(IReadOnlyList<ChoiceItem> items, int start, int end)
    {
        for (var index = start; index < end; index++)
        {
            if (items[index].IsChoice && items[index].Kind != Clear)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasOnlyModels(IReadOnlyList<ChoiceItem> items, int start, int end)
    {
        for (var index = start; index < end; index++)
        {
            if (items[index].IsChoice && items[index].Choice.Model is null)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasAcceptedChoices(IReadOnlyList<ChoiceItem> items, int start, int end)
    {
        var context = Context(items, start, end);
        var hasChoice = false;
        for (var index = start; index < end; index++)
        {
            if (items[index].IsChoice)
            {
                hasChoice = true;
                if (!Accepts(context, items[index], isCommand: false))
                {
                    return false;
                }
            }
        }

        return hasChoice;
    }

    private static bool IsLead(IReadOnlyList<ChoiceItem> items, int index, int start) =>
        index >= start && items[index].Kind is In or At or With or Use;

    private static bool IsPartOfRequest(IReadOnlyList<ChoiceItem> items, int index, int start) =>
        items[index].Kind is In or At or With or Use or Noun or Model or Joint
        || (items[index].Kind == Colon && index > start && items[index - 1].Kind is Noun or Model);

    internal static bool IsNegated(IReadOnlyList<ChoiceItem> items, int index, int start)
    {
        if (index > start && items[index - 1].Kind == Alternative)
        {
            return true;
        }

        for (var before = Math.Max(start, index - ReachOfNegation); before < index; before++)
        {
            if (items[before].Kind == Negation)
            {
                return true;
            }
        }

        return false;
    }

    private static ChoiceContext Context(IReadOnlyList<ChoiceItem> items, int start, int end)
    {
        var context = ChoiceContext.None;
        for (var index = start; index < end; index++)
        {
            context |= items[index].Kind switch
            {
                In => ChoiceContext.In,
                At => ChoiceContext.At,
                With => ChoiceContext.With,
                Noun => ChoiceContext.Noun,
                Model => ChoiceContext.Model,
                _ => ChoiceContext.None,
            };
        }

        return context;
    }

    private static bool Accepts(ChoiceContext context, ChoiceItem item, bool isCommand)
    {
        var isNamed = (context & (ChoiceContext.Noun | ChoiceContext.Model)) != 0;
        var hasPreposition = (context & (ChoiceContext.In | ChoiceContext.At | ChoiceContext.With)) != 0;
        if (context.HasFlag(ChoiceContext.With) && item.Choice.Model is null && !isNamed)
        {
            // "A laptop with 4K" describes the laptop.
            return false;
        }

        return item.Kind switch
        {
            Clear => isNamed || !context.HasFlag(ChoiceContext.At) || !IsTime(item),
            Common => !isCommand && (isNamed || !hasPreposition),
            Vague => !isCommand,
            Praise => context.HasFlag(ChoiceContext.Model),
            Number => !isCommand && (isNamed || !hasPreposition),
            _ => false,
        };
    }

    /// <summary>Whether a ratio is also a time of day. Minutes have two digits.</summary>
    private static bool IsTime(ChoiceItem item) => item.Choice.AspectRatio == AspectRatio.Portrait9x16;
}
