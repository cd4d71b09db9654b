using System.Text.RegularExpressions;

namespace ImaNanoBanana.Messages.Words;

/// <summary>
/// Contains the words with which users choose models, sizes and aspect ratios, and the words around them. Their only home: phrases
/// and sentences are read with the same table. Pure.
/// </summary>
internal static partial class ChoiceLexicon
{
    /// <summary>The maximum number of tokens of one name: <c>gemini 3.1 flash image</c>.</summary>
    public const int MostTokens = 5;

    private static readonly AspectRatio[] OfferedRatios =
    [
        new("1:1"), new("1:4"), new("1:8"), new("2:3"), new("3:2"), new("3:4"), new("4:1"),
        new("4:3"), new("4:5"), new("5:4"), new("8:1"), new("9:16"), new("16:9"), new("21:9"),
    ];

    /// <summary>The names of the models, for people.</summary>
    public static IReadOnlyList<string> Models { get; } = ["Nano Banana 2", "Nano Banana Pro"];

    public static IReadOnlyList<string> Sizes { get; } = ["512px", "1K", "2K", "4K"];

    /// <summary>
    /// The aspect ratios that the product list offered for one or both models in April 2026, and the words for aspect ratios. A
    /// request is checked against the current product list.
    /// </summary>
    public static IReadOnlyList<string> Ratios { get; } =
        [.. OfferedRatios.Select(static ratio => ratio.Value), "landscape", "portrait", "square"];

    /// <summary>The word for each name. Names are in lower case and contain no spaces.</summary>
    private static readonly Dictionary<string, ChoiceWord> Names = ChoiceTable.Create();

    private static readonly int LongestName = Names.Keys.Max(static name => name.Length);

    /// <summary>Splits a text in half-width lower case into tokens.</summary>
    public static MatchCollection Tokens(string text) => Token().Matches(text);

    /// <summary>Finds the longest name that starts at a token.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="index">The first token of the name.</param>
    /// <param name="end">The token after the last one that the name may contain.</param>
    /// <param name="count">The number of tokens of the name; 1 if there is none.</param>
    /// <returns>The word; null if no name starts there.</returns>
    public static ChoiceWord? Find(MatchCollection tokens, int index, int end, out int count)
    {
        if (tokens[index].Groups["pixels"].Success)
        {
            count = 1;
            return PixelWord.Create(tokens[index].Groups["pixels"].ValueSpan, tokens[index].Groups["lines"].ValueSpan);
        }

        if (tokens[index].Groups["width"] is { Success: true } width)
        {
            count = 1;
            return Ratio(tokens[index], width);
        }

        for (count = LongestPossible(tokens, index, Math.Min(index + MostTokens, end)); count > 0; count--)
        {
            if (Names.TryGetValue(string.Concat(tokens.Skip(index).Take(count).Select(static token => token.Value)), out var word))
            {
                return word;
            }
        }

        count = 1;
        return null;
    }

    public static bool IsOffered(AspectRatio ratio) => OfferedRatios.Contains(ratio);

    /// <summary>Converts full-width characters, which Chinese keyboards produce, to ASCII, and converts the text to lower case.</summary>
    /// <returns>A text of the same length, in which each character is at the position that it had.</returns>
    public static string HalfWidth(string text) => string.Create(text.Length, text, static (result, source) =>
    {
        for (var index = 0; index < result.Length; index++)
        {
            var letter = source[index];
            var narrow = letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter;
            result[index] = char.ToLowerInvariant(narrow);
        }
    });

    /// <summary>Counts the tokens from an index that together are not longer than the longest name.</summary>
    private static int LongestPossible(MatchCollection tokens, int index, int end)
    {
        var length = 0;
        var count = 0;
        while (index + count < end && (length += tokens[index + count].Length) <= LongestName)
        {
            count++;
        }

        return count;
    }

    private static ChoiceWord Ratio(Match token, Group width)
    {
        var ratio = new AspectRatio($"{width.Value}:{token.Groups["height"].Value}");

        // 3x2 may be a grid or a number of things.
        var isClear = token.Value.Contains(':', StringComparison.Ordinal);
        return new ChoiceWord(isClear ? ChoiceWordKind.Clear : ChoiceWordKind.Common, new ImageChoice { AspectRatio = ratio });
    }

    /// <summary>
    /// Matches a size in pixels, an aspect ratio, a number with its unit, a sequence of letters, or a single other character. Does not
    /// match the spaces and punctuation between names. For example, <c>pro4k</c> is two tokens and <c>2K</c> is one.
    /// </summary>
    [GeneratedRegex(
        @"(?<![0-9])(?<pixels>[1-9][0-9]{2,4})\s*[x×*]\s*(?<lines>[1-9][0-9]{2,4})(?![0-9])|"
            + @"(?<![0-9])(?<width>[1-9][0-9]?)\s*[:x×]\s*(?<height>[1-9][0-9]?)(?![0-9])|[0-9]+[a-z]*|[a-z]+|[^\s,;+/&\-_、。.]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
