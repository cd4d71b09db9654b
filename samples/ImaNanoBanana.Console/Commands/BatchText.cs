using System.Text;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>Splits a batch into its lines. Pure.</summary>
internal static class BatchText
{
    private const byte LineEnd = (byte)'\n';
    private const char Unreadable = '\uFFFD';

    /// <returns>The lines of a file; null for a line that is not valid UTF-8, because its prompt would be submitted garbled.</returns>
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

    /// <returns>The lines of a decoded text; null for a line in which the decoder replaced invalid bytes.</returns>
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
