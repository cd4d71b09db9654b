using System.Text;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>The lines of a batch as they were written. Pure.</summary>
internal static class BatchText
{
    private const byte LineEnd = (byte)'\n';
    private const char Unreadable = '\uFFFD';

    /// <returns>The lines of a file; null for one that is not valid UTF-8: its words would be ordered garbled.</returns>
    public static IReadOnlyList<string?> Lines(ReadOnlySpan<byte> bytes)
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var lines = new List<string?>();
        while (true)
        {
            var end = bytes.IndexOf(LineEnd);
            lines.Add(Decode(strict, end < 0 ? bytes : bytes[..end]));
            if (end < 0)
            {
                return lines;
            }

            bytes = bytes[(end + 1)..];
        }
    }

    /// <returns>The lines of a text that was decoded already; null for one whose decoder met what it could not read.</returns>
    public static IReadOnlyList<string?> Lines(string text) =>
        [.. text.Split((char)LineEnd).Select(line => line.Contains(Unreadable, StringComparison.Ordinal) ? null : line)];

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
