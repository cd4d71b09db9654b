using System.Buffers;
using System.Globalization;

namespace ImaNanoBanana.Requests;

/// <summary>
/// Determines the idempotency keys of a batch with a name: the name, a hyphen, the digits of the content key, and a number for each
/// repetition of the same content. Pure.
/// </summary>
internal static class BatchKey
{
    private const int ContentDigits = 32;

    /// <summary>The maximum length of what follows the name of the batch.</summary>
    public static readonly int LongestEnding = Create("", new string('0', ContentDigits), int.MaxValue).Length;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <param name="batch">The name of the batch.</param>
    /// <param name="content">The 32 hexadecimal digits of the request's content key.</param>
    /// <param name="occurrence">How often the batch has contained this content so far, this time included.</param>
    public static string Create(string batch, string content, int occurrence) =>
        occurrence == 1
            ? string.Create(CultureInfo.InvariantCulture, $"{batch}-{content}")
            : string.Create(CultureInfo.InvariantCulture, $"{batch}-{content}-{occurrence}");

    /// <summary>The key that earlier builds gave to the request at a position, counted from 1.</summary>
    public static string FromPosition(string batch, int number) => string.Create(CultureInfo.InvariantCulture, $"{batch}-{number}");

    /// <summary>Whether a batch with this name created the key, also in an earlier build.</summary>
    public static bool IsOf(string batch, string idempotencyKey)
    {
        if (!idempotencyKey.StartsWith(batch, StringComparison.Ordinal))
        {
            return false;
        }

        var ending = idempotencyKey.AsSpan(batch.Length);
        if (ending.Length < 2 || ending[0] != '-')
        {
            return false;
        }

        ending = ending[1..];
        return IsNumber(ending)
            || (IsContent(ending) && (ending.Length == ContentDigits || IsRepetition(ending[ContentDigits..])));
    }

    private static bool IsContent(ReadOnlySpan<char> text) =>
        text.Length >= ContentDigits && !text[..ContentDigits].ContainsAnyExcept(Hexadecimal);

    private static bool IsRepetition(ReadOnlySpan<char> text) => text.Length > 1 && text[0] == '-' && IsNumber(text[1..]);

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
