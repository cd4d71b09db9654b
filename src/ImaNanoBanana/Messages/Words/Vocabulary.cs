using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Messages.Words;

/// <summary>Reads phrases that consist only of choices. Pure.</summary>
internal static class Vocabulary
{
    /// <summary>The maximum length of a phrase. No choice is longer; a longer text is probably a prompt.</summary>
    private const int LongestPhrase = 100;

    /// <returns>The choice; null and an error if the phrase is unknown or contradictory.</returns>
    public static ImageChoice? Read(string? phrase, out ImaException? error)
    {
        error = null;
        if (string.IsNullOrWhiteSpace(phrase))
        {
            return new ImageChoice { Model = ImageModel.NanoBanana2 };
        }

        var words = phrase.Length > LongestPhrase ? null : Words(ChoiceLexicon.HalfWidth(phrase));
        if (words is null || !words.Exists(static word => word.IsChoice))
        {
            error = Unknown(phrase);
            return null;
        }

        var meanings = new ChoiceMeanings(words.Where(static word => word.IsChoice).Select(static word => word.Choice));
        error = Contradiction(ImaInvalidRequestReason.Model, "model", phrase, meanings.Models, ChoiceLexicon.Models)
            ?? Contradiction(ImaInvalidRequestReason.Size, "size", phrase, meanings.Sizes, ChoiceLexicon.Sizes)
            ?? Contradiction(ImaInvalidRequestReason.AspectRatio, "aspect_ratio", phrase, meanings.AspectRatios, ChoiceLexicon.Ratios);
        return error is null ? meanings.Choice : null;
    }

    /// <summary>Splits a text into names. Uses the longest matching name at each position.</summary>
    /// <returns>The choices and fillers; null if a part of the text is neither.</returns>
    private static List<ChoiceWord>? Words(string text)
    {
        var tokens = ChoiceLexicon.Tokens(text);
        var words = new List<ChoiceWord>();
        for (var index = 0; index < tokens.Count;)
        {
            var word = ChoiceLexicon.Find(tokens, index, tokens.Count, out var count);
            if (word is null || !(word.IsChoice || word.IsFiller))
            {
                return null;
            }

            words.Add(word);
            index += count;
        }

        return words;
    }

    private static ImaException Unknown(string phrase)
    {
        string[] choices = [.. ChoiceLexicon.Models, .. ChoiceLexicon.Sizes, .. ChoiceLexicon.Ratios];
        return Error(
            ImaInvalidRequestReason.Phrase,
            "phrase",
            $"{Quoted(phrase)} is not a known choice. Use one of: {string.Join(", ", choices)}.",
            choices);
    }

    private static ImaException? Contradiction<T>(
        ImaInvalidRequestReason refusal, string parameter, string phrase, IReadOnlyCollection<T> meanings, IReadOnlyList<string> choices) =>
        meanings.Count < 2
            ? null
            : Error(
                refusal, parameter, $"{Quoted(phrase)} is contradictory: it means {string.Join(" and ", meanings)}. Use one of: "
                    + $"{string.Join(", ", choices)}.", choices);

    private static ImaException Error(
        ImaInvalidRequestReason refusal, string parameter, string message, IReadOnlyList<string> choices) =>
        new(
            ImaErrorKind.InvalidRequest,
            message + " Nothing was submitted.")
        { InvalidRequestReason = refusal, ParameterName = parameter, AllowedValues = choices };

    private static string Quoted(string? text) => $"'{UntrustedText.Line(text)}'";
}
