using System.Security.Cryptography;
using System.Text;
using ImaNanoBanana.Files;

namespace ImaNanoBanana;

/// <summary>Provides names for image files. Pure.</summary>
public static class ImageFileName
{
    private const int LongestStem = 120;
    private const int HashBytes = 4;
    private const string NoText = "image";
    private const string LongestExtension = ".webp";

    private static readonly string[] DeviceNames = ["CON", "PRN", "AUX", "NUL"];

    /// <summary>
    /// Creates a file name from any text, for example from an idempotency key. The name consists of letters, digits, hyphens and
    /// underscores, so the file stays in the folder it is saved to. If characters were replaced or the text was shortened, a part of
    /// the text's hash is appended, so that different texts have different names.
    /// </summary>
    /// <param name="text">The text. It may come from an untrusted source.</param>
    /// <returns>A name without an extension, at most 129 bytes long; <c>image</c> for an empty text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static string FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            return NoText;
        }

        var safe = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var isKept = Rune.IsLetterOrDigit(rune) || rune.Value is '_' || (rune.Value is '-' && safe.Length > 0);
            safe.Append(isKept ? rune.ToString() : "_");
            if (safe.Length > LongestStem)
            {
                break;
            }
        }

        var name = NameLimit.Cut(safe.ToString(), LongestStem);
        return name == text && !IsDevice(name) ? name : $"{name}-{Hash(text)}";
    }

    /// <summary>
    /// Determines whether an image cannot be saved to a path because a name in it is too long: longer than 255 bytes of UTF-8 (on
    /// Windows 255 characters), including the extension that may be added. Check this before you submit a request, because saving would
    /// fail only after the charge.
    /// </summary>
    /// <param name="path">The path to save the image to.</param>
    /// <returns>True if
    /// <see cref="ImaImageClientExtensions.SaveAsync(IImaImageClient, GeneratedImage, string, ImageSaveOptions, CancellationToken)"/>
    /// would reject the path.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or not a valid path.</exception>
    public static bool IsTooLong(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        return NameLimit.IsExceeded(Path.HasExtension(full) || Path.EndsInDirectorySeparator(full) ? full : full + LongestExtension);
    }

    /// <summary>Names that Windows treats as devices, in any case and in any folder.</summary>
    private static bool IsDevice(string name) => DeviceNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (name.Length == 4 && char.IsDigit(name[3]) && (name.StartsWith("COM", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)));

    private static string Hash(string text) =>
        string.Concat(
            SHA256.HashData(Encoding.UTF8.GetBytes(text)).Take(HashBytes).Select(
                value => value.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}
