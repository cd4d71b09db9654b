using System.Text;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>Reads a prompt from text. A garbled prompt would be charged, so it is rejected. Pure.</summary>
internal static class PromptText
{
    private const char Replacement = '\uFFFD';
    private const char ByteOrderMark = '\uFEFF';

    /// <returns>The prompt without the line break at its end; null if the bytes are not UTF-8 text.</returns>
    public static string? FromBytes(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            var text = strict.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? null : Trimmed(text);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <returns>The prompt; null if the decoder replaced invalid bytes.</returns>
    public static string? FromDecoded(string text) =>
        text.Contains(Replacement, StringComparison.Ordinal) || text.Contains('\0', StringComparison.Ordinal) ? null : Trimmed(text);

    public static StopException Unreadable(Wording say, string source) => new(ExitCode.Usage, say[
        $"{source} does not contain UTF-8 text. Nothing was submitted.", $"{source}不是有效的 UTF-8 文本。未提交请求。"]);

    private static string Trimmed(string text) => text.TrimStart(ByteOrderMark).TrimEnd('\r', '\n');
}
