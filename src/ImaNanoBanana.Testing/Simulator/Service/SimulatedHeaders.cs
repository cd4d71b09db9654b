namespace ImaNanoBanana.Testing;

/// <summary>Checks the headers of requests to the API host.</summary>
internal static class SimulatedHeaders
{
    private const string AppSource = "x-app-source";
    private const string Language = "x_app_language";

    /// <returns>The rule of the service that the headers violate, or null.</returns>
    public static string? Broken(HttpRequestMessage request)
    {
        if (string.IsNullOrWhiteSpace(Value(request, AppSource)))
        {
            return "x-app-source is missing";
        }

        if (Value(request, Language) is not (null or "en" or "zh"))
        {
            return "x_app_language is neither en nor zh";
        }

        if (request.Content is { } content && content.Headers.ContentType?.MediaType != "application/json")
        {
            return "Content-Type is not application/json";
        }

        return null;
    }

    /// <returns>What the service accepts and the SDK sends in another way.</returns>
    public static IEnumerable<string> Differences(HttpRequestMessage request)
    {
        if (Value(request, AppSource) != "ima_skills")
        {
            yield return "x-app-source is not ima_skills";
        }

        if (Value(request, Language) is null)
        {
            yield return "x_app_language is missing";
        }

        if (request.Headers.UserAgent.Count == 0)
        {
            yield return "User-Agent is missing";
        }
    }

    private static string? Value(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
