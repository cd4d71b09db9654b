using System.Globalization;

namespace ImaNanoBanana.Mcp.Files;

/// <summary>A source image that an earlier call generated.</summary>
/// <param name="Task">The task; null for the last one.</param>
/// <param name="Number">Which image of the task, from 1; null if the caller named none.</param>
internal sealed record EarlierImage(ImageTask? Task, int? Number)
{
    /// <summary>The word for the newest image of the agent.</summary>
    public const string Last = "last";

    private const char NumberSign = '#';

    /// <summary>Splits <c>task_1#2</c> into the id and the number. Pure.</summary>
    public static (string Id, int? Number) Split(string text)
    {
        var at = text.LastIndexOf(NumberSign);
        return at > 0 && int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (text[..at], number)
            : (text, null);
    }

    /// <summary>
    /// Stands for the image when calls are compared and prices are calculated. The service may give one image several links, and a
    /// repeated call must have the same content. It is never sent.
    /// </summary>
    public static ImageInput Placeholder(ImageTask? task, int? number) => ImageInput.FromUrl(
        string.Create(CultureInfo.InvariantCulture, $"https://image.invalid/{Uri.EscapeDataString(task?.Id ?? Last)}/{number ?? 1}.png"));
}
