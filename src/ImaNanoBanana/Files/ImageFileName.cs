using System.Security.Cryptography;
using System.Text;
using ImaNanoBanana.Files;

namespace ImaNanoBanana;

/// <summary>Names for image files. Pure.</summary>
public static class ImageFileName
{
    private const int LongestStem = 120;
    private const int HashBytes = 4;
    private const string NoText = "image";
    private const string LongestExtension = ".webp";

    private static readonly string[] DeviceNames = ["CON", "PRN", "AUX", "NUL"];

    /// <summary>
    /// A name for a file from any text, for example an idempotency key: letters, digits, hyphens and underscores, so that it stays
    /// in the folder it is put in. Where letters were replaced or the text was cut, a part of its hash follows, so that
    /// different texts have different names.
    /// </summary>
    /// <param name="text">The text; may come from anybody.</param>
    /// <returns>A name without an extension, of at most 129 bytes; <c>image</c> for an empty text.</returns>
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
    /// Whether an image cannot be saved under a path because a name in it is too long: above 255 bytes of UTF-8 (on Windows 255
    /// characters), the extension that may be added included. Ask before an order what would fail after it.
    /// </summary>
    /// <param name="path">Where the image is to be saved.</param>
    /// <returns>True when
    /// <see cref="ImaImageClientExtensions.SaveAsync(IImaImageClient, GeneratedImage, string, ImageSaveOptions, CancellationToken)"/>
    /// would refuse it.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or no path.</exception>
    public static bool IsTooLong(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        return NameLimit.IsExceeded(Path.HasExtension(full) || Path.EndsInDirectorySeparator(full) ? full : full + LongestExtension);
    }

    /// <summary>What Windows takes for a device, in any case and in any folder.</summary>
    private static bool IsDevice(string name) => DeviceNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (name.Length == 4 && char.IsDigit(name[3]) && (name.StartsWith("COM", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)));

    private static string Hash(string text) =>
        string.Concat(
            SHA256.HashData(Encoding.UTF8.GetBytes(text)).Take(HashBytes).Select(
                value => value.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}
