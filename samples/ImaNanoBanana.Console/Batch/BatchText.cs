using System.Text;
using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>
/// Splits a batch into its lines. A line that is not valid UTF-8 is rejected, because it would be submitted garbled. Pure.
/// </summary>
internal static class BatchText
{
    private const byte LineEnd = (byte)'\n';
    private const char Unreadable = '\uFFFD';

    public static IReadOnlyList<BatchEntry> Lines(ReadOnlySpan<byte> bytes, Wording say)
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var lines = new List<BatchEntry>();
        while (true)
        {
            var end = bytes.IndexOf(LineEnd);
            lines.Add(Line(lines.Count + 1, Decode(strict, end < 0 ? bytes : bytes[..end]), say));
            if (end < 0)
            {
                return lines;
            }

            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Splits a decoded text, in which the decoder has replaced invalid bytes.</summary>
    public static IReadOnlyList<BatchEntry> Lines(string text, Wording say) =>
    [
        .. text.Split((char)LineEnd).Select(
            (line, index) => Line(index + 1, line.Contains(Unreadable, StringComparison.Ordinal) ? null : line, say)),
    ];

    private static BatchEntry Line(int number, string? text, Wording say) => text is null
        ? new(number, "")
        {
            Problem = say["it is not valid UTF-8. Save the file as UTF-8.", "不是有效的 UTF-8 文本。请以 UTF-8 编码保存文件。"],
        }
        : new(number, text.TrimEnd('\r').TrimStart('\uFEFF'));

    private static string? Decode(UTF8Encoding strict, ReadOnlySpan<byte> line)
    {
        try
        {
            return strict.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
