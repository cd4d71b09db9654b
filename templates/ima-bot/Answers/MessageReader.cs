using System.Text;

namespace ImaChatBot.Answers;

/// <summary>Reads what a user wants from a message. Pure.</summary>
internal static class MessageReader
{
    /// <summary>
    /// The description of the image, and the model, the size and the ratio where words of the message clearly ask for them:
    /// <c>a puppy, 4K, portrait</c> or <c>用Pro画一只小狗，竖图</c>. All other words stay in the description.
    /// </summary>
    public static ImageRequest Read(string text) => ImageChoice.Extract(text).ToRequest();

    /// <summary>Chinese for a text with Chinese characters, otherwise English. The same text always has the same language.</summary>
    public static ImaLanguage LanguageOf(string text) => text.EnumerateRunes().Any(IsChinese) ? ImaLanguage.Chinese : ImaLanguage.English;

    /// <summary>The blocks of the unified ideographs in the basic plane.</summary>
    private static bool IsChinese(Rune rune) => rune.Value is (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF);
}
