using static ImaNanoBanana.Messages.Words.ChoiceWordKind;

namespace ImaNanoBanana.Messages.Words;

/// <summary>Decides which words that set nothing are reported, because they can mean a choice or come close to one. Pure.</summary>
internal static class UnclearWords
{
    /// <returns>The index of the last item of the words to report; null if the item is an ordinary word.</returns>
    public static int? LastItem(IReadOnlyList<ChoiceItem> clause, int index, int end)
    {
        var item = clause[index];
        if (item.Kind is Clear or Common or Vague or Near || (item.IsChoice && clause.Count == 1))
        {
            return index;
        }

        return item.Kind switch
        {
            Praise => ModelAfter(clause, index, end),
            Unlisted when IsRatio(clause, index) => index,
            _ => null,
        };
    }

    /// <summary>Finds the "model" of "best model" and 最好的模型.</summary>
    private static int? ModelAfter(IReadOnlyList<ChoiceItem> clause, int index, int end)
    {
        var next = index + 1;
        if (next < end && clause[next].Kind == Joint)
        {
            next++;
        }

        return next < end && clause[next].Kind == Model ? next : null;
    }

    /// <summary>Whether a word beside the numbers says that they are a ratio. Scores and times of day have none.</summary>
    private static bool IsRatio(IReadOnlyList<ChoiceItem> clause, int index)
    {
        var isIntroduced = index > 0 && clause[index - 1].Kind is Noun or In or Use
            || (index > 1 && clause[index - 1].Kind == Colon && clause[index - 2].Kind == Noun);
        return isIntroduced || (index + 1 < clause.Count && clause[index + 1].Kind is Noun or Picture);
    }
}
