namespace ImaNanoBanana.PackageTests;

/// <summary>The templates of the package, written by hand.</summary>
internal static class ExpectedTemplates
{
    public const string Package = "ImaNanoBanana.Templates";

    /// <summary>The samples whose sources are templates.</summary>
    public static IReadOnlyList<string> Samples { get; } = ["samples/ImaNanoBanana.Studio", "samples/ImaNanoBanana.Worker"];

    public static IReadOnlyList<string> ShortNames { get; } = ["ima-bot", "ima-console", "ima-web", "ima-worker"];

    public static TheoryData<string> EachTemplate => [.. ShortNames];

    /// <param name="template">The short name of the template.</param>
    /// <returns>The folders of its sources in the repository; a file of the first one replaces one of the second.</returns>
    public static IEnumerable<string> Sources(string template) => template switch
    {
        "ima-web" => ["templates/ima-web", Samples[0]],
        "ima-worker" => ["templates/ima-worker", Samples[1]],
        _ => [$"templates/{template}"],
    };

    /// <summary>What a sample has for itself: its pictures, and the clock of a machine whose time is wrong.</summary>
    /// <param name="file">The file, relative to its project.</param>
    public static bool IsOnlyInSample(string file) =>
        file == "AheadTimeProvider.cs" || file.StartsWith("screenshots/", StringComparison.Ordinal);
}
