using System.Text.RegularExpressions;

namespace ImaNanoBanana.Texts;

/// <summary>The words that people choose models, sizes and ratios by (wire contract, vocabulary). Pure.</summary>
internal static partial class Vocabulary
{
    /// <summary>Longer than any choice; what is longer is a prompt by mistake.</summary>
    private const int LongestPhrase = 100;

    private static readonly string[] Models = ["Nano Banana 2", "Nano Banana Pro"];
    private static readonly string[] Sizes = ["512px", "1K", "2K", "4K"];

    /// <summary>What the product list offered of one or both models in April 2026; the order is checked against today's.</summary>
    private static readonly string[] Ratios =
        ["1:1", "1:4", "1:8", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "8:1", "9:16", "16:9", "21:9", "landscape", "portrait", "square"];

    /// <summary>Longer words before those that they begin with.</summary>
    private static readonly VocabularyWord[] Words = [.. ((IEnumerable<VocabularyWord>)
    [
        .. Named(new() { Model = ImageModel.NanoBanana2 },
            "default", "默认", "balanced", "平衡", "nano banana", "nano banana 2", "banana 2", "nb 2", "香蕉", "gemini 3.1 flash image"),
        .. Named(new() { Model = ImageModel.NanoBanana2, Size = ImageSize.Size512 }, "budget", "cheap", "cheapest", "最便宜"),
        .. Named(new() { Model = ImageModel.NanoBananaPro },
            "best", "high quality", "premium", "pro", "nano banana pro", "banana pro", "nb pro", "最好", "高质量", "gemini 3 pro image"),
        .. Named(new() { Size = ImageSize.Size512 }, "512", "512 px"),
        .. Named(new() { Size = ImageSize.Size1K }, "1 k"),
        .. Named(new() { Size = ImageSize.Size2K }, "2 k"),
        .. Named(new() { Size = ImageSize.Size4K }, "4 k"),
        .. Named(new() { Size = new ImageSize("8K") }, "8 k"),
        .. Named(new() { AspectRatio = AspectRatio.Wide16x9 }, "landscape", "横图"),
        .. Named(new() { AspectRatio = AspectRatio.Tall9x16 }, "portrait", "竖图"),
        .. Named(new() { AspectRatio = AspectRatio.Square }, "square", "方图"),
        .. Named(new(), "the", "a", "in", "at", "with", "and", "model", "的", "用", "模型"),
    ]).OrderByDescending(word => word.Parts.Sum(part => part.Length))];

    public static ImageModel? Model(string? text) => Word(text)?.Model;

    public static ImageSize? Size(string? text) => Word(text)?.Size;

    public static AspectRatio? Ratio(string? text) => Word(text)?.AspectRatio;

    public static ImaException NoModel(string? text) => Unknown(ImaRefusal.Model, "model", text, Models);

    public static ImaException NoSize(string? text) => Unknown(ImaRefusal.Size, "size", text, Sizes);

    public static ImaException NoRatio(string? text) => Unknown(ImaRefusal.AspectRatio, "aspect_ratio", text, Ratios);

    /// <returns>What a phrase says; null with the error when it says nothing that is known, or two things.</returns>
    public static ImageChoice? Read(string? phrase, out ImaException? error)
    {
        error = null;
        if (string.IsNullOrWhiteSpace(phrase))
        {
            return new ImageChoice { Model = ImageModel.NanoBanana2 };
        }

        var text = HalfWidth(phrase);
        var words = new List<VocabularyWord>();
        if (phrase.Length > LongestPhrase || !Split(text, 0, words))
        {
            error = Unknown(ImaRefusal.Phrase, "phrase", phrase, [.. Models, .. Sizes, .. Ratios]);
            return null;
        }

        var models = words.Select(word => word.Model).OfType<ImageModel>().Distinct().ToList();
        var sizes = words.Select(word => word.Size).OfType<ImageSize>().Distinct().ToList();
        var ratios = words.Select(word => word.AspectRatio).OfType<AspectRatio>().Distinct().ToList();
        error = models.Count > 1 ? Ambiguous(ImaRefusal.Model, "model", phrase, models, Models)
            : sizes.Count > 1 ? Ambiguous(ImaRefusal.Size, "size", phrase, sizes, Sizes)
            : ratios.Count > 1 ? Ambiguous(ImaRefusal.AspectRatio, "aspect_ratio", phrase, ratios, Ratios)
            : models.Count + sizes.Count + ratios.Count == 0 ? Unknown(ImaRefusal.Phrase, "phrase", phrase, [.. Models, .. Sizes, .. Ratios])
            : null;
        return error is not null ? null : new ImageChoice
        {
            Model = models.Count > 0 ? models[0] : null,
            Size = sizes.Count > 0 ? sizes[0] : null,
            AspectRatio = ratios.Count > 0 ? ratios[0] : null,
        };
    }

    private static VocabularyWord? Word(string? text)
    {
        var trimmed = HalfWidth(text ?? "").Trim();
        return trimmed.Length == 0 ? null : At(trimmed, 0).FirstOrDefault(found => found.End == trimmed.Length).Word;
    }

    /// <summary>Takes a phrase apart into words, longest first; a choice that leads nowhere is taken back.</summary>
    private static bool Split(string text, int start, List<VocabularyWord> words)
    {
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || ",;+/&-_、。.".Contains(text[start], StringComparison.Ordinal)))
        {
            start++;
        }

        if (start == text.Length)
        {
            return true;
        }

        foreach (var (word, end) in At(text, start))
        {
            words.Add(word);
            if (Split(text, end, words))
            {
                return true;
            }

            words.RemoveAt(words.Count - 1);
        }

        return false;
    }

    private static IEnumerable<(VocabularyWord Word, int End)> At(string text, int start)
    {
        if (RatioInFigures().Match(text, start) is { Success: true } match
            && !VocabularyWord.IsTorn(text, start + match.Length))
        {
            var ratio = new AspectRatio($"{match.Groups[1].Value}:{match.Groups[2].Value}");
            yield return (new VocabularyWord([]) { AspectRatio = ratio }, start + match.Length);
        }

        foreach (var word in Words)
        {
            if (word.EndIn(text, start) is var end and >= 0)
            {
                yield return (word, end);
            }
        }
    }

    private static IEnumerable<VocabularyWord> Named(ImageChoice choice, params string[] names) => names.Select(name =>
        new VocabularyWord(name.Split(' ')) { Model = choice.Model, Size = choice.Size, AspectRatio = choice.AspectRatio });

    /// <summary>Full-width forms, as Chinese keyboards write them, as the ASCII characters they stand for.</summary>
    private static string HalfWidth(string text) => string.Create(text.Length, text, static (result, source) =>
    {
        for (var index = 0; index < result.Length; index++)
        {
            var letter = source[index];
            result[index] = letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter is '\u3000' ? ' ' : letter;
        }
    });

    private static ImaException Unknown(ImaRefusal refusal, string parameter, string? text, string[] choices) =>
        Error(refusal, parameter, $"{Quoted(text)} is not known here. Use one of: {string.Join(", ", choices)}.", choices);

    private static ImaException Ambiguous<T>(ImaRefusal refusal, string parameter, string text, List<T> meanings, string[] choices) =>
        Error(refusal, parameter, $"{Quoted(text)} says two things, {string.Join(" and ", meanings)}. Use one of: {string.Join(", ", choices)}.", choices);

    private static ImaException Error(ImaRefusal refusal, string parameter, string message, string[] choices) =>
        new(ImaErrorKind.InvalidRequest, message + " Nothing was ordered.") { Refusal = refusal, Parameter = parameter, Offered = choices };

    private static string Quoted(string? text) => $"'{ForeignText.Line(text)}'";

    [GeneratedRegex(@"\G([1-9][0-9]?)\s*[:xX×]\s*([1-9][0-9]?)", RegexOptions.CultureInvariant)]
    private static partial Regex RatioInFigures();
}
