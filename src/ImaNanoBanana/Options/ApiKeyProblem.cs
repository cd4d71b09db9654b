using System.Text.RegularExpressions;

namespace ImaNanoBanana.Options;

/// <summary>
/// What is wrong with a key before the service sees it: mistakes of copying, each by its name. Never shows the key. Pure.
/// </summary>
internal static partial class ApiKeyProblem
{
    private const string Copied = "Copy the key alone, as " + ServicePages.ApiKeys + " shows it.";

    /// <param name="apiKey">The key as it was given.</param>
    /// <param name="name">The name of a keyed client; empty for the one of a container; null for a client without a container.</param>
    /// <returns>The mistake and what to do; null where the key can be one.</returns>
    public static string? Find(string? apiKey, string? name)
    {
        var key = apiKey?.Trim();
        if (string.IsNullOrEmpty(key))
        {
            return Missing(name);
        }

        if (VariableName().IsMatch(key))
        {
            return $"ApiKey is the name of a variable and not its value: the variable was not replaced. Set the variable where the "
                    + $"process starts, or set the key itself. {Copied}";
        }

        if (Assignment().IsMatch(key))
        {
            return $"ApiKey begins with the name that it is set under. Set what stands behind the sign only. {Copied}";
        }

        if (Quotes().IsMatch(key))
        {
            return $"ApiKey has quotation marks around it. Set it without them. {Copied}";
        }

        if (Scheme().IsMatch(key))
        {
            return $"ApiKey begins with the word Bearer, which the SDK adds itself. {Copied}";
        }

        if (Placeholder().IsMatch(key))
        {
            return $"ApiKey is a placeholder and not a key. Make a key at {ServicePages.ApiKeys} and set it in its place.";
        }

        if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return "ApiKey holds a character that no key has (white space, a line break, or one outside printable ASCII). It may be "
                    + "two keys, or a key copied with something else.";
        }

        return null;
    }

    private static string Missing(string? name) => name switch
    {
        null => $"ApiKey is missing. Make a key at {ServicePages.ApiKeys} and set ApiKey. Only AddImaNanoBanana() reads the "
            + $"environment variable {ImaClientDefaults.KeyVariable}: without a container pass "
                + $"Environment.GetEnvironmentVariable(\"{ImaClientDefaults.KeyVariable}\").",
        "" => $"ApiKey is missing. Make a key at {ServicePages.ApiKeys} and set ApiKey or the environment variable "
            + $"{ImaClientDefaults.KeyVariable}.",
        _ => $"ApiKey of '{name}' is missing. Make a key at {ServicePages.ApiKeys} and set ApiKey; the environment variable "
            + $"{ImaClientDefaults.KeyVariable} is for the client without a name only.",
    };

    /// <summary>
    /// As shells, pipelines and templates write it: <c>$IMA_API_KEY</c>, <c>${...}</c>, <c>%...%</c>, <c>{{...}}</c>,
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
