namespace ImaNanoBanana.Testing;

/// <summary>Checks the headers that the service requires on its API host.</summary>
internal static class SimulatedHeaders
{
    /// <returns>The rule that the headers violate, or null.</returns>
    public static string? Broken(HttpRequestMessage request)
    {
        if (Value(request, "x-app-source") != "ima_skills")
        {
            return "x-app-source is not ima_skills";
        }

        if (Value(request, "x_app_language") is not ("en" or "zh"))
        {
            return "x_app_language is neither en nor zh";
        }

        if (request.Headers.UserAgent.Count == 0)
        {
            return "User-Agent is missing";
        }

        if (request.Content is { } content && content.Headers.ContentType?.MediaType != "application/json")
        {
            return "Content-Type is not application/json";
        }

        return null;
    }

    private static string? Value(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
