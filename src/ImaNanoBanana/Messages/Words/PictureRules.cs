using static ImaNanoBanana.Messages.Words.ChoiceWordKind;

namespace ImaNanoBanana.Messages.Words;

/// <summary>
/// Finds the choices that describe the kind of picture in a command: 设计一张<c>竖版</c>海报, create a <c>square</c> logo for a bakery. Pure.
/// </summary>
internal static class PictureRules
{
    /// <returns>The choices before the kind of picture; null if there are none.</returns>
    public static Range? Find(IReadOnlyList<ChoiceItem> items, int start, int end)
    {
        var command = start;
        while (command < end - 1 && items[command].Kind == Joint)
        {
            command++;
        }

        if (command >= end || items[command].Kind is not (Verb or Measure))
        {
            return null;
        }

        var picture = end - 1;
        if (items[picture].Kind != Picture || !items[picture].IsChinese)
        {
            picture = English(items, command, end);
        }

        if (picture < 0)
        {
            return null;
        }

        var first = ClauseRules.StartOfRun(items, start, picture);
        return first > start && first < picture && IsDescription(items, first, picture) && !ClauseRules.IsNegated(items, first, start)
            ? first..picture
            : null;
    }

    /// <summary>
    /// Finds the English kind of picture directly after the command and its choices. What follows must be what the picture shows or is
    /// for: "draw a wide banner held by two women" describes the image.
    /// </summary>
    private static int English(IReadOnlyList<ChoiceItem> items, int command, int end)
    {
        var index = command + 1;
        while (index < end && (items[index].IsChoice || items[index].Kind is Article or Joint))
        {
            index++;
        }

        return index < end && items[index] is { Kind: Picture, IsChinese: false }
            && (index + 1 == end || items[index + 1].Kind is About or With)
            ? index
            : -1;
    }

    /// <summary>Whether there is a choice and no other word than clear choices, sizes and ratios.</summary>
    private static bool IsDescription(IReadOnlyList<ChoiceItem> items, int start, int end)
    {
        var hasChoice = false;
        for (var index = start; index < end; index++)
        {
            if (items[index].IsChoice)
            {
                hasChoice = true;

                // A "pro logo" is a good logo.
                if (items[index] is { Kind: Common, Choice.Model: not null })
                {
                    return false;
                }
            }
        }

        return hasChoice;
    }
}
