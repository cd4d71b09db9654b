using System.Globalization;
using System.Text;

namespace ImaNanoBanana.Cli.Output;

/// <summary>Encodes pictures for terminals that can show them. Pure.</summary>
internal static class TerminalPicture
{
    /// <summary>The width of a picture in cells.</summary>
    private const int Columns = 30;

    /// <summary>The longest piece that kitty accepts.</summary>
    private const int KittyPiece = 4096;

    private static readonly byte[] PngStart = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    /// <summary>
    /// Finds the protocol from the environment. Nothing is asked of the terminal, which could answer into the shell. Within tmux and
    /// screen, pictures do not reach the terminal.
    /// </summary>
    public static PictureProtocol Protocol(Func<string, string?> variable)
    {
        if (variable("TMUX") is { Length: > 0 } || variable("STY") is { Length: > 0 })
        {
            return PictureProtocol.None;
        }

        var program = variable("TERM_PROGRAM");
        if (variable("KITTY_WINDOW_ID") is { Length: > 0 } || variable("TERM") is "xterm-kitty" or "xterm-ghostty" || program is "ghostty")
        {
            return PictureProtocol.Kitty;
        }

        return program is "iTerm.app" or "WezTerm" or "mintty" || variable("LC_TERMINAL") is "iTerm2"
            ? PictureProtocol.ITerm2
            : PictureProtocol.None;
    }

    /// <returns>The characters that show the picture; null if the terminal cannot show its format.</returns>
    public static string? Encode(PictureProtocol protocol, ReadOnlySpan<byte> file) => protocol switch
    {
        PictureProtocol.Kitty when file.StartsWith(PngStart) => Kitty(Convert.ToBase64String(file)),
        PictureProtocol.ITerm2 => string.Create(
            CultureInfo.InvariantCulture,
            $"\u001b]1337;File=inline=1;width={Columns};preserveAspectRatio=1;size={file.Length}:{Convert.ToBase64String(file)}\u0007"),
        _ => null,
    };

    private static string Kitty(string base64)
    {
        var text = new StringBuilder();
        for (var start = 0; start < base64.Length; start += KittyPiece)
        {
            var length = Math.Min(KittyPiece, base64.Length - start);
            var isLast = start + length == base64.Length;
            var keys = start == 0 ? string.Create(CultureInfo.InvariantCulture, $"a=T,f=100,q=2,c={Columns},") : "";
            text.Append(CultureInfo.InvariantCulture, $"\u001b_G{keys}m={(isLast ? 0 : 1)};");
            text.Append(base64, start, length).Append("\u001b\\");
        }

        return text.ToString();
    }
}
