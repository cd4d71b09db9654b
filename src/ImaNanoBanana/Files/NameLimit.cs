using System.Text;

namespace ImaNanoBanana.Files;

/// <summary>Limits the length of file names.</summary>
internal static class NameLimit
{
    /// <summary>255 bytes of UTF-8, or on Windows 255 units of UTF-16.</summary>
    public const int LongestName = 255;

    /// <summary>The limit of Unix systems, including the terminating null.</summary>
    private const int LongestUnixPath = 4096;

    /// <summary>Whether a part of the path, or the whole path, is longer than common file systems allow.</summary>
    public static bool IsExceeded(string fullPath) =>
        fullPath.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Any(part => LengthOf(part) > LongestName)
        || (!OperatingSystem.IsWindows() && LengthOf(fullPath) >= LongestUnixPath);

    /// <returns>A name within the limit that ends with the suffix. If necessary, the stem is shortened by whole characters.</returns>
    public static string Fit(string stem, string suffix)
    {
        var room = LongestName - LengthOf(suffix);
        if (LengthOf(stem) > room)
        {
            stem = Cut(stem, room);
        }

        return stem + suffix;
    }

    /// <returns>As many of the text's first characters as fit.</returns>
    public static string Cut(string text, int room)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            room -= OperatingSystem.IsWindows() ? rune.Utf16SequenceLength : rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }

    private static int LengthOf(string text) => OperatingSystem.IsWindows() ? text.Length : Encoding.UTF8.GetByteCount(text);
}
