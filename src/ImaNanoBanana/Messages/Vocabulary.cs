using System.Text.RegularExpressions;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Messages;

/// <summary>Contains the words with which users choose models, sizes and aspect ratios. Pure.</summary>
internal static partial class Vocabulary
{
    /// <summary>The maximum length of a phrase. No choice is longer; a longer text is probably a prompt.</summary>
    private const int LongestPhrase = 100;

    /// <summary>The maximum number of tokens of one name: <c>gemini 3.1 flash image</c>.</summary>
    private const int MostTokens = 5;

    private static readonly string[] Models = ["Nano Banana 2", "Nano Banana Pro"];
    private static readonly string[] Sizes = ["512px", "1K", "2K", "4K"];

    /// <summary>
    /// The aspect ratios that the product list offered for one or both models in April 2026, and the words for aspect ratios. A
    /// request is checked against the current product list.
    /// </summary>
    private static readonly string[] Ratios =
        [
            "1:1",
            "1:4",
            "1:8",
            "2:3",
            "3:2",
            "3:4",
            "4:1",
            "4:3",
            "4:5",
            "5:4",
            "8:1",
            "9:16",
            "16:9",
            "21:9",
            "landscape",
            "portrait",
            "square"];

    /// <summary>The choice for each name. Names are in lower case and contain no spaces.</summary>
    private static readonly Dictionary<string, ImageChoice> Names = new Dictionary<string, ImageChoice>(StringComparer.Ordinal)
        .Add(
            new() { Model = ImageModel.NanoBanana2 },
            "default", "默认", "balanced", "平衡", "nanobanana", "nanobanana2", "banana2", "nb2", "香蕉", "gemini31flashimage")
        .Add(new() { Model = ImageModel.NanoBanana2, Size = ImageSize.Size512 }, "budget", "cheap", "cheapest", "最便宜")
        .Add(
            new() { Model = ImageModel.NanoBananaPro },
            "best", "highquality", "premium", "pro", "nanobananapro", "bananapro", "nbpro", "最好", "高质量", "gemini3proimage")
        .Add(new() { Size = ImageSize.Size512 }, "512", "512px")
        .Add(new() { Size = ImageSize.Size1K }, "1k")
        .Add(new() { Size = ImageSize.Size2K }, "2k")
        .Add(new() { Size = ImageSize.Size4K }, "4k")
        .Add(new() { Size = new ImageSize("8K") }, "8k")
        .Add(new() { AspectRatio = AspectRatio.Landscape16x9 }, "landscape", "横图")
        .Add(new() { AspectRatio = AspectRatio.Portrait9x16 }, "portrait", "竖图")
        .Add(new() { AspectRatio = AspectRatio.Square1x1 }, "square", "方图")

        // Filler words without a meaning.
        .Add(new(), "the", "a", "in", "at", "with", "and", "model", "的", "用", "模型");

    /// <returns>The choice; null and an error if the phrase is unknown or contradictory.</returns>
    public static ImageChoice? Read(string? phrase, out ImaException? error)
    {
        error = null;
        if (string.IsNullOrWhiteSpace(phrase))
        {
            return new ImageChoice { Model = ImageModel.NanoBanana2 };
        }

        var words = phrase.Length > LongestPhrase ? null : Words(HalfWidth(phrase));
        if (words is null || words.TrueForAll(static word => word == new ImageChoice()))
        {
            error = Unknown(phrase);
            return null;
        }

        var models = words.Select(static word => word.Model).OfType<ImageModel>().Distinct().ToList();
        var sizes = words.Select(static word => word.Size).OfType<ImageSize>().Distinct().ToList();
        var ratios = words.Select(static word => word.AspectRatio).OfType<AspectRatio>().Distinct().ToList();
        error = Contradiction(ImaInvalidRequestReason.Model, "model", phrase, models, Models)
            ?? Contradiction(ImaInvalidRequestReason.Size, "size", phrase, sizes, Sizes)
            ?? Contradiction(ImaInvalidRequestReason.AspectRatio, "aspect_ratio", phrase, ratios, Ratios);
        return error is not null ? null : new ImageChoice
        {
            Model = models.Count > 0 ? models[0] : null,
            Size = sizes.Count > 0 ? sizes[0] : null,
            AspectRatio = ratios.Count > 0 ? ratios[0] : null,
        };
    }

    /// <summary>Splits a text into names. Uses the longest matching name at each position.</summary>
    /// <returns>The choice for each name; null if a part of the text is not a name.</returns>
    private static List<ImageChoice>? Words(string text)
    {
        var tokens = Token().Matches(text);
        var words = new List<ImageChoice>();
        for (var index = 0; index < tokens.Count;)
        {
            var ratio = tokens[index].Groups["width"];
            if (ratio.Success)
            {
                words.Add(new ImageChoice { AspectRatio = new AspectRatio($"{ratio.Value}:{tokens[index].Groups["height"].Value}") });
                index++;
                continue;
            }

            var count = Math.Min(MostTokens, tokens.Count - index);
            ImageChoice? word = null;
            while (count > 0 && !Names.TryGetValue(string.Concat(tokens.Skip(index).Take(count)), out word))
            {
                count--;
            }

            if (word is null)
            {
                return null;
            }

            words.Add(word);
            index += count;
        }

        return words;
    }

    private static Dictionary<string, ImageChoice> Add(
        this Dictionary<string, ImageChoice> names, ImageChoice choice, params string[] spellings)
    {
        foreach (var spelling in spellings)
        {
            names.Add(spelling, choice);
        }

        return names;
    }

    /// <summary>Converts full-width characters, which Chinese keyboards produce, to ASCII, and converts the text to lower case.</summary>
    private static string HalfWidth(string text) => string.Create(text.Length, text, static (result, source) =>
    {
        for (var index = 0; index < result.Length; index++)
        {
            var letter = source[index];
            var narrow = letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter;
            result[index] = char.ToLowerInvariant(narrow);
        }
    });

    private static ImaException Unknown(string phrase)
    {
        string[] choices = [.. Models, .. Sizes, .. Ratios];
        return Error(
            ImaInvalidRequestReason.Phrase,
            "phrase",
            $"{Quoted(phrase)} is not a known choice. Use one of: {string.Join(", ", choices)}.",
            choices);
    }

    private static ImaException? Contradiction<T>(
        ImaInvalidRequestReason refusal, string parameter, string phrase, List<T> meanings, string[] choices) =>
        meanings.Count < 2
            ? null
            : Error(
                refusal, parameter, $"{Quoted(phrase)} is contradictory: it means {string.Join(" and ", meanings)}. Use one of: "
                    + $"{string.Join(", ", choices)}.", choices);

    private static ImaException Error(ImaInvalidRequestReason refusal, string parameter, string message, string[] choices) =>
        new(
            ImaErrorKind.InvalidRequest,
            message + " Nothing was submitted.")
        { InvalidRequestReason = refusal, ParameterName = parameter, AllowedValues = choices };

    private static string Quoted(string? text) => $"'{UntrustedText.Line(text)}'";

    /// <summary>
    /// Matches an aspect ratio, a number with its unit, a sequence of letters, or a single other character. Does not match the spaces
    /// and punctuation between names. For example, <c>pro4k</c> is two tokens and <c>2K</c> is one.
    /// </summary>
    [GeneratedRegex(
        @"(?<![0-9])(?<width>[1-9][0-9]?)\s*[:x×]\s*(?<height>[1-9][0-9]?)(?![0-9])|[0-9]+[a-z]*|[a-z]+|[^\s,;+/&\-_、。.]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
