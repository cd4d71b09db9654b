namespace ImaNanoBanana.Studio.Texts;

/// <summary>The language of the texts for people in an answer.</summary>
internal static class Languages
{
    /// <summary>The language that the address asks for, or else the browser; otherwise English.</summary>
    public static ImaLanguage Of(HttpRequest request)
    {
        var asked = request.Query["language"].ToString();
        if (asked.Length == 0)
        {
            asked = request.GetTypedHeaders().AcceptLanguage.MaxBy(language => language.Quality ?? 1)?.Value.ToString() ?? "";
        }

        return asked.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? ImaLanguage.Chinese : ImaLanguage.English;
    }

    /// <summary>Selects one of two texts with the same meaning.</summary>
    public static string Select(this ImaLanguage language, string english, string chinese) =>
        language == ImaLanguage.Chinese ? chinese : english;
}
