using System.Xml.Linq;

namespace ImaNanoBanana.Tests.Release;

/// <summary>The projects whose packages are published: each is named after its package.</summary>
internal static class PublishedProjects
{
    /// <summary>Their files, relative to the repository, sorted by the name of the package.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. from top in new[] { "src", "samples", "templates" }
           from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, top), "*.csproj", SearchOption.AllDirectories)
           let project = XDocument.Load(file).Root!
           where IsPacked(project, top == "src")
           orderby Path.GetFileNameWithoutExtension(file)
           select Path.GetRelativePath(RepositoryRoot.Path, file),
    ];

    public static IEnumerable<string> Ids => All.Select(Path.GetFileNameWithoutExtension).OfType<string>();

    /// <summary>Those that contain everything that they need, and not only the names of packages.</summary>
    public static IEnumerable<string> Tools =>
        All.Where(file => Value(XDocument.Load(Path.Combine(RepositoryRoot.Path, file)).Root!, "PackAsTool") == "true");

    private static bool IsPacked(XElement project, bool byDefault) => Value(project, "IsPackable") switch
    {
        null => byDefault,
        var value => value == "true",
    };

    private static string? Value(XElement project, string property) => project.Descendants(property).SingleOrDefault()?.Value;
}
