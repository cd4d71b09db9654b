using System.Text.RegularExpressions;

namespace ImaNanoBanana;

/// <summary>Parts that several error texts share.</summary>
internal static partial class ErrorText
{
    /// <summary>Where a key is made (wire contract, envelope).</summary>
    public const string KeyPage = "https://www.imaclaw.ai/imaclaw/apikey";

    /// <summary>Where credits are bought (wire contract, envelope).</summary>
    public const string CreditsPage = "https://www.imaclaw.ai/imaclaw/subscription";

    public const string Unauthorized = "The API key is invalid or not authorised. Make a new one: " + KeyPage + " .";

    private const int LongestQuote = 300;

    /// <summary>
    /// What the service said, on one line and not longer than anyone reads. Queries of addresses in it are left out: they
    /// may be signatures.
    /// </summary>
    public static string? Bounded(string? message)
    {
        if (message is null)
        {
            return null;
        }

        var line = string.Join(' ', Query().Replace(message, "?...").Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length <= LongestQuote ? line : line[..LongestQuote] + "...";
    }

    /// <summary>A question mark with a name and a value behind it, up to where an address in a sentence ends.</summary>
    [GeneratedRegex("""\?[^\s?="'<>]+=[^\s"'<>]*""")]
    private static partial Regex Query();
}
