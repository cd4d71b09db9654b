using System.Text;
using System.Text.Json;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.PackageTests.Templates;

public sealed class TemplatePackageTests(PackedPackages packages)
{
    public static TheoryData<string> EachTemplate => ExpectedTemplates.EachTemplate;

    private PackageFile Package => packages.Open(ExpectedTemplates.Package);

    [Fact]
    public void Manifest_says_that_it_is_a_package_of_templates()
    {
        var package = Package;

        Assert.Equal(["Template"], package.PackageTypes);
        Assert.Equal(packages.Version, package.Text("version"));
        Assert.Equal("MIT", package.Text("license"));
        Assert.Equal("icon.png", package.Text("icon"));
        Assert.Null(package.Text("dependencies"));
        Assert.Equal(SourceCopy.Commit, package.Attribute("repository", "commit"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "templates", "README.md")), package["README.md"]);
        Assert.StartsWith($"# {ExpectedTemplates.Package}\n", Encoding.UTF8.GetString(package["README.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Package_holds_the_templates_and_nothing_else() => Assert.Equal(
        [.. ExpectedTemplates.ShortNames, $"{ExpectedTemplates.Package}.nuspec", "README.md", "icon.png"],
        Package.Names.Select(name => name.StartsWith("content/", StringComparison.Ordinal) ? name.Split('/')[1] : name).Distinct()
            .OrderBy(name => name.StartsWith("ima-", StringComparison.Ordinal) ? 0 : 1).ThenBy(name => name, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(EachTemplate))]
    public void Template_has_the_files_of_its_sources_unchanged(string template)
    {
        var package = Package;
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in ExpectedTemplates.Sources(template).Select(source => Path.Combine(RepositoryRoot.Path, source)))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
                if (!name.Split('/').Any(part => part is "bin" or "obj") && !ExpectedTemplates.IsOnlyInSample(name))
                {
                    expected.TryAdd(name, file);
                }
            }
        }

        var prefix = $"content/{template}/";
        Assert.Equal(
            expected.Keys.Order(StringComparer.Ordinal),
            package.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..])
                .Order(StringComparer.Ordinal));
        Assert.All(
            expected.Where(file => !IsMade(file.Key)),
            file => Assert.True(package[prefix + file.Key].AsSpan().SequenceEqual(File.ReadAllBytes(file.Value)), file.Key));
    }

    [Theory]
    [MemberData(nameof(EachTemplate))]
    public void Project_has_packages_with_versions_in_place_of_projects(string template)
    {
        var file = Assert.Single(
            Package.Names.Where(name => name.StartsWith($"content/{template}/", StringComparison.Ordinal)),
            name => name.EndsWith(".csproj", StringComparison.Ordinal));
        var project = Encoding.UTF8.GetString(Package[file]);

        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("InternalsVisibleTo", project, StringComparison.Ordinal);
        Assert.DoesNotContain("Version=\"\"", project, StringComparison.Ordinal);
        Assert.Contains("<PackageReference Include=\"ImaNanoBanana\" Version=\"IMA_PACKAGES_VERSION\"", project, StringComparison.Ordinal);
        Assert.Contains("<Nullable>enable</Nullable>", project, StringComparison.Ordinal);
        Assert.Contains("<TargetFramework>net10.0</TargetFramework>", project, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EachTemplate))]
    public void Version_of_the_packages_is_that_of_the_templates(string template)
    {
        using var configuration = Configuration(template, "template.json");

        Assert.Equal(template, configuration.RootElement.GetProperty("shortName").GetString());
        Assert.Equal(
            packages.Version,
            configuration.RootElement.GetProperty("symbols").GetProperty("PackageVersion").GetProperty("defaultValue").GetString());
    }

    [Theory]
    [MemberData(nameof(EachTemplate))]
    public void Chinese_has_every_text_that_people_read(string template)
    {
        using var configuration = Configuration(template, "template.json");
        using var chinese = Configuration(template, "localize/templatestrings.zh-Hans.json");
        var texts = configuration.RootElement.EnumerateObject()
            .Where(member => member.Name is "author" or "name" or "description").Select(member => member.Name)
            .Concat(
                from symbol in configuration.RootElement.GetProperty("symbols").EnumerateObject()
                where symbol.Value.TryGetProperty("description", out _)
                select $"symbols/{symbol.Name}/description");

        Assert.Equal(
            texts.Order(StringComparer.Ordinal),
            chinese.RootElement.EnumerateObject().Select(text => text.Name).Order(StringComparer.Ordinal));
        Assert.All(
            chinese.RootElement.EnumerateObject(),
            text => Assert.Contains(text.Value.GetString()!, character => character is >= '\u4E00' and <= '\u9FFF'));
    }

    [Fact]
    public void Same_commit_gives_the_same_templates_in_another_folder()
    {
        var (first, second) = (Package, packages.Open(ExpectedTemplates.Package, again: true));

        Assert.Equal(first.Names, second.Names);
        Assert.All(first.Names, name => Assert.True(first[name].AsSpan().SequenceEqual(second[name]), name));
    }

    /// <summary>Two files of each template are made when it is packed.</summary>
    private static bool IsMade(string file) =>
        file == ".template.config/template.json" || file.EndsWith(".csproj", StringComparison.Ordinal);

    private JsonDocument Configuration(string template, string file) =>
        JsonDocument.Parse(Package[$"content/{template}/.template.config/{file}"]);
}
