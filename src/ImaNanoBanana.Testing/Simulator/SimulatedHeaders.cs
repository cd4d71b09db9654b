namespace ImaNanoBanana.Testing;

/// <summary>The headers that the service wants on its API host (wire contract, headers).</summary>
internal static class SimulatedHeaders
{
    /// <returns>The rule that they break, or null.</returns>
    public static string? Broken(HttpRequestMessage request) =>
        Value(request, "x-app-source") != "ima_skills" ? "x-app-source is not ima_skills"
        : Value(request, "x_app_language") is not ("en" or "zh") ? "x_app_language is neither en nor zh"
        : request.Headers.UserAgent.Count == 0 ? "there is no User-Agent"
        : request.Content is { } content && content.Headers.ContentType?.MediaType != "application/json"
            ? "Content-Type is not application/json"
        : null;

    private static string? Value(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
