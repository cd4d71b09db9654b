using System.Buffers;
using System.Text;

namespace ImaChatBot.Answers;

/// <summary>Reads what a user wants from a message. Pure.</summary>
internal static class MessageReader
{
    private static readonly SearchValues<char> Commas = SearchValues.Create(",，、;；");

    /// <summary>
    /// The description of the image, with the model, the size and the ratio if the last part names them: <c>a puppy, best 4K</c> or
    /// <c>一只小狗，竖图</c>.
    /// </summary>
    public static ImageRequest Read(string text)
    {
        var comma = text.AsSpan().LastIndexOfAny(Commas);
        var words = text[(comma + 1)..];
        return comma > 0 && !string.IsNullOrWhiteSpace(words) && ImageChoice.TryParse(words, out var choice)
            ? choice.ApplyTo(new ImageRequest(text[..comma].Trim()))
            : new ImageRequest(text);
    }

    /// <summary>Chinese for a text with Chinese characters, otherwise English. The same text always has the same language.</summary>
    public static ImaLanguage LanguageOf(string text) => text.EnumerateRunes().Any(IsChinese) ? ImaLanguage.Chinese : ImaLanguage.English;

    /// <summary>The blocks of the unified ideographs in the basic plane.</summary>
    private static bool IsChinese(Rune rune) => rune.Value is (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF);
}
