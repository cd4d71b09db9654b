using System.Text;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>
/// A recognizable secret. It is found in any text that contains twelve consecutive characters of it, also in encoded form. A shorter piece
/// reveals nothing.
/// </summary>
internal sealed class Secret
{
    private const int Window = 12;

    private readonly string[] _fragments;

    private Secret(string name, string value)
    {
        Name = name;
        Value = value;
        _fragments = [.. Forms(value).SelectMany(Fragments).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The key. Its last characters are encoded differently in JSON, URLs and forms.</summary>
    public static Secret Key { get; } = new("key", "ima_leak_canary_7391054826+/");

    /// <summary>The signature in the presigned upload URL of the service.</summary>
    public static Secret Upload { get; } = new("upload signature", "robin5820461937wren");

    /// <summary>The signature in the URL of a finished image.</summary>
    public static Secret Image { get; } = new("image signature", "finch6047182935lark");

    /// <summary>The signature in the URL of an image that the caller edits.</summary>
    public static Secret Input { get; } = new("input signature", "raven9173640285dove");

    public static IReadOnlyList<Secret> All { get; } = [Key, Upload, Image, Input];

    public string Name { get; }

    public string Value { get; }

    /// <summary>The position of the secret in a text, with the surrounding text; null if it is not there.</summary>
    public string? Find(string text) => FindAsWritten(text) ?? FindAsWritten(Uri.UnescapeDataString(text));

    public override string ToString() => Name;

    private string? FindAsWritten(string text)
    {
        var at = _fragments.Select(
            fragment => text.IndexOf(fragment, StringComparison.OrdinalIgnoreCase)).FirstOrDefault(place => place >= 0, -1);
        return at < 0 ? null : text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)];
    }

    /// <summary>The plain form, hexadecimal, and Base64 in both alphabets at any offset in the encoded bytes.</summary>
    private static IEnumerable<string> Forms(string value)
    {
        yield return value;
        yield return Convert.ToHexString(Encoding.ASCII.GetBytes(value));
        foreach (var before in new[] { "", "?", "??" })
        {
            // The first and last characters depend on the neighboring bytes.
            var text = Convert.ToBase64String(Encoding.ASCII.GetBytes(before + value))[4..^4];
            yield return text;
            yield return text.Replace('+', '-').Replace('/', '_');
        }
    }

    private static IEnumerable<string> Fragments(string text) =>
        Enumerable.Range(0, text.Length - Window + 1).Select(start => text.Substring(start, Window));
}
