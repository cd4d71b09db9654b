namespace ImaNanoBanana.Texts;

/// <summary>A word of the vocabulary and what it says; nothing for a word that only holds a phrase together.</summary>
/// <param name="Parts">The word's parts; white space, hyphens and underscores between them are left out or not.</param>
internal sealed record VocabularyWord(string[] Parts)
{
    public ImageModel? Model { get; init; }

    public ImageSize? Size { get; init; }

    public AspectRatio? AspectRatio { get; init; }

    /// <returns>Where the word ends when it stands at a place of the text; -1 when it does not.</returns>
    public int EndIn(string text, int start)
    {
        var at = start;
        for (var index = 0; index < Parts.Length; index++)
        {
            while (index > 0 && at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is '-' or '_'))
            {
                at++;
            }

            if (!text.AsSpan(at).StartsWith(Parts[index], StringComparison.OrdinalIgnoreCase))
            {
                return -1;
            }

            at += Parts[index].Length;
        }

        return IsTorn(text, start) || IsTorn(text, at) ? -1 : at;
    }

    /// <summary>Whether a place stands inside a Latin word or a number: <c>pro</c> is not in <c>product</c>.</summary>
    public static bool IsTorn(string text, int place) => place > 0 && place < text.Length
        && ((char.IsAsciiLetter(text[place - 1]) && char.IsAsciiLetter(text[place])) || (char.IsAsciiDigit(text[place - 1]) && char.IsAsciiDigit(text[place])));
}
