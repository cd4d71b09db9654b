using System.Text.RegularExpressions;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Errors;

/// <summary>Classifies messages of the service and selects those that can be shown to users. Pure.</summary>
internal static partial class ServiceWords
{
    /// <summary>The maximum length of a reason that is shown to users.</summary>
    private const int LongestForPeople = 150;

    /// <returns>Whether the message rejects the content of the prompt, not a parameter.</returns>
    public static bool AreAboutThePrompt(string? words) => words is not null && Prompt().IsMatch(words);

    /// <returns>Whether the account needs a subscription (code 4014 in docs/errors.md).</returns>
    public static bool AskForSubscription(string? words) =>
        words is not null
            && (words.Contains("requires a subscription", StringComparison.OrdinalIgnoreCase)
                || words.Contains("subscription required", StringComparison.OrdinalIgnoreCase));

    /// <returns>The message, shortened; null if it is technical, because it contains URLs, codes or field names.</returns>
    public static string? ForPeople(string? words) =>
        UntrustedText.Line(words) is { Length: > 0 } line && !Technical().IsMatch(line)
            ? UntrustedText.Cut(line.TrimEnd('.', '。'), LongestForPeople)
            : null;

    [GeneratedRegex(
        @"(?<![a-z])prompts?(?![a-z])|polic(?:y|ies)|\bsensitive\b|\bmoderat(?:ed|ion)\b|\bsafety\b|\bnsfw\b"
            + @"|\bviolat(?:e|es|ed|ion|ions)\b|\bprohibited\b|\binappropriate\b"
            + "|违规|违禁|违反|敏感|审核|不合规|内容安全|提示词|色情|暴力",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prompt();

    [GeneratedRegex(
        @"[_{}<>=\\|`\[\]]|://|[0-9]{3,}|[0-9]+\.[0-9]+\."
            + @"|\b(?:code|exception|null|http|https|stack|uuid)\b"
            + @"|\b[a-z0-9-]+\.(?:com|net|org|cn|io|ai|local|internal)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Technical();
}
