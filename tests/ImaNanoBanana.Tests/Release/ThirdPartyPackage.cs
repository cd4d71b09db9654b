using System.Text.Json;
using System.Xml.Linq;

namespace ImaNanoBanana.Tests.Release;

/// <summary>A library of others that a published package needs, with what its own description says about its licence.</summary>
internal sealed record ThirdPartyPackage(string Id, string Version, string Licence, string Copyright)
{
    /// <summary>Reads what a restore has chosen for a project, on all of its frameworks.</summary>
    /// <param name="project">The file of the project, relative to the repository.</param>
    /// <returns>The packages with assemblies of which the project's programs run a part.</returns>
    /// <exception cref="FileNotFoundException">The project was not restored.</exception>
    public static IReadOnlyList<ThirdPartyPackage> Of(string project)
    {
        var file = Path.Combine(RepositoryRoot.Path, Path.GetDirectoryName(project)!, "obj", "project.assets.json");
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"{project} was not restored. Run 'dotnet restore'.", file);
        }

        using var assets = JsonDocument.Parse(File.ReadAllText(file));
        var folders = assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var paths = assets.RootElement.GetProperty("libraries");
        return
        [
            .. assets.RootElement.GetProperty("targets").EnumerateObject()
                .SelectMany(target => target.Value.EnumerateObject())
                .Where(library => IsPackage(library.Value) && Runs(library.Value))
                .Select(library => library.Name).Distinct()
                .Select(name => Read(folders, name, paths.GetProperty(name).GetProperty("path").GetString()!)),
        ];
    }

    private static bool IsPackage(JsonElement library) => library.GetProperty("type").GetString() == "package";

    /// <summary>A package without assemblies for this framework has an entry named "_._".</summary>
    private static bool Runs(JsonElement library) =>
        library.TryGetProperty("runtime", out var files)
        && files.EnumerateObject().Any(file => !file.Name.EndsWith("_._", StringComparison.Ordinal));

    /// <param name="folders">Where packages are.</param>
    /// <param name="name">"Id/1.2.3".</param>
    /// <param name="path">The folder of the package in one of them.</param>
    private static ThirdPartyPackage Read(IEnumerable<string> folders, string name, string path)
    {
        var folder = folders.Select(folder => Path.Combine(folder, path)).First(Directory.Exists);
        var file = Directory.EnumerateFiles(folder, "*.nuspec").Single();
        var metadata = XDocument.Load(file).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        return new ThirdPartyPackage(
            name.Split('/')[0],
            name.Split('/')[1],
            Text(metadata, "license") ?? "unknown",
            Text(metadata, "copyright") ?? $"by {Text(metadata, "authors")}");
    }

    private static string? Text(XElement metadata, string name) =>
        metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value.Trim();
}
