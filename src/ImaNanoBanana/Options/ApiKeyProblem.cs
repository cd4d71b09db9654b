using System.Text.RegularExpressions;

namespace ImaNanoBanana.Options;

/// <summary>
/// Finds common mistakes in a key before it is sent, such as quotation marks or a placeholder. Never shows the key. Pure.
/// </summary>
internal static partial class ApiKeyProblem
{
    private const string Copied = "Copy only the key, as " + ServicePages.ApiKeys + " shows it.";

    /// <param name="apiKey">The configured key.</param>
    /// <param name="name">The name of a keyed client; empty for the unnamed client of a container; null without a container.</param>
    /// <returns>The mistake and how to fix it; null if the key looks valid.</returns>
    public static string? Find(string? apiKey, string? name)
    {
        var key = apiKey?.Trim();
        if (string.IsNullOrEmpty(key))
        {
            return Missing(name);
        }

        if (VariableName().IsMatch(key))
        {
            return $"ApiKey is the name of a variable, not its value. Set the variable in the environment of the process, or set the "
                    + $"key itself. {Copied}";
        }

        if (Assignment().IsMatch(key))
        {
            return $"ApiKey starts with the name of its setting. Set only the part after the equals sign or the colon. {Copied}";
        }

        if (Quotes().IsMatch(key))
        {
            return $"ApiKey is in quotation marks. Remove them. {Copied}";
        }

        if (Scheme().IsMatch(key))
        {
            return $"ApiKey starts with the word Bearer, which the SDK adds itself. {Copied}";
        }

        if (Placeholder().IsMatch(key))
        {
            return $"ApiKey is a placeholder, not a key. Create a key at {ServicePages.ApiKeys} and set it instead.";
        }

        if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return "ApiKey contains a character that keys do not contain (white space, a line break, or a character outside printable "
                    + "ASCII). It may be two keys, or a key with other text.";
        }

        return null;
    }

    private static string Missing(string? name) => name switch
    {
        null => $"ApiKey is missing. Create a key at {ServicePages.ApiKeys} and set ApiKey. Only AddImaNanoBanana() reads the "
            + $"environment variable {ImaClientDefaults.KeyVariable}; without a container, pass "
                + $"Environment.GetEnvironmentVariable(\"{ImaClientDefaults.KeyVariable}\").",
        "" => $"ApiKey is missing. Create a key at {ServicePages.ApiKeys} and set ApiKey or the environment variable "
            + $"{ImaClientDefaults.KeyVariable}.",
        _ => $"ApiKey of '{name}' is missing. Create a key at {ServicePages.ApiKeys} and set ApiKey. The environment variable "
            + $"{ImaClientDefaults.KeyVariable} applies to the unnamed client only.",
    };

    /// <summary>
    /// The spellings of shells, pipelines and templates: <c>$IMA_API_KEY</c>, <c>${...}</c>, <c>%...%</c>, <c>{{...}}</c>,
    /// <c>$env:...</c>.
    /// </summary>
    [GeneratedRegex(
        @"^(?:[$%{(\[<]+\s*(?:env:|env\.|secrets\.)?)?IMA_API_KEY\s*[%})\]>]*$|^\$[({].*[)}]$|^\{\{.*\}\}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();

    [GeneratedRegex(
        @"^[""']?(?:(?:export|set|setx)\s+)?(?:\$env:)?[""']?(?:IMA_API_KEY|ApiKey|api_key|x-api-key|key)[""']?\s*[=:]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(
        "^[\"'`\\u2018\\u2019\\u201C\\u201D\\u201E\\u00AB\\u00BB\\u300C\\u300D]"
            + "|[\"'`\\u2018\\u2019\\u201C\\u201D\\u00AB\\u00BB\\u300C\\u300D]$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Quotes();

    [GeneratedRegex(@"^(?:Authorization\s*:\s*)?Bearer(?:\s|:|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(
        @"\.\.\.|…|^<.*>$|^\[.*\]$|^\{.*\}$|^(?:ima[-_])?(?:x{3,}|\*{3,})$|^(?:api[-_ ]?)?key$|\*{4,}"
            + @"|your[-_ ]?(?:own[-_ ]?)?(?:ima[-_ ]?)?(?:api[-_ ]?)?key"
            + @"|api[-_ ]?key[-_ ]?here|change[-_ ]?me|placeholder|^todo$|你的密钥|您的密钥",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
