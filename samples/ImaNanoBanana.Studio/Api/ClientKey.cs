using System.Globalization;
using ImaNanoBanana.Studio.Texts;

namespace ImaNanoBanana.Studio.Api;

/// <summary>The key that a client sends with an order, so that a repeated request is never charged again. Pure.</summary>
internal static class ClientKey
{
    public const string Header = "Idempotency-Key";
    public const int MinLength = 8;
    public const int MaxLength = 64;

    /// <returns>Why the key is refused; null if it is accepted.</returns>
    public static ProblemDocument? FindProblem(string? key, ImaLanguage language)
    {
        var reason = FindReason(key, language);
        if (reason is null)
        {
            return null;
        }

        var suggestion = language.Select(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Use {MinLength} to {MaxLength} letters, digits, hyphens and underscores. Send the same key again to repeat a request."),
            string.Create(
                CultureInfo.InvariantCulture,
                $"请使用 {MinLength} 至 {MaxLength} 个字母、数字、连字符或下划线。重发同一请求时，请使用相同的幂等键。"));
        var error = new ImaException(ImaErrorKind.InvalidRequest, reason)
        {
            InvalidRequestReason = ImaInvalidRequestReason.IdempotencyKey,
        };
        return ProblemDocument.Create(error, language) with { Detail = reason, Suggestion = suggestion, Parameter = Header };
    }

    private static string? FindReason(string? key, ImaLanguage language)
    {
        if (string.IsNullOrEmpty(key))
        {
            return language.Select($"The header {Header} is missing.", $"缺少请求头 {Header}。");
        }

        if (key.Length is < MinLength or > MaxLength)
        {
            return language.Select(
                string.Create(CultureInfo.InvariantCulture, $"The {Header} has {key.Length} characters."),
                string.Create(CultureInfo.InvariantCulture, $"{Header} 的长度为 {key.Length} 个字符。"));
        }

        return key.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? null
            : language.Select($"The {Header} contains a character that is not allowed.", $"{Header} 含有不允许的字符。");
    }
}
