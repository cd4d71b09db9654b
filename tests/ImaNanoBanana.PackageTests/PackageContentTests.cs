using System.Text;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.PackageTests;

public class PackageContentTests(PackedPackages packages)
{
    /// <summary>The signature and the first chunk with width and height, the size that package pages show.</summary>
    private static readonly byte[] PngOf128Pixels = [0x89, .. "PNG\r\n\x1A\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 128, 0, 0, 0, 128];

    public static TheoryData<string> EachPackage => ExpectedPackages.EachPackage;

    public static TheoryData<string, string> EachPackageAndFramework => ExpectedPackages.EachPackageAndFramework;

    [Fact]
    public void Every_source_project_is_a_package_with_symbols()
    {
        Assert.Equal(ExpectedPackages.Ids, SourceCopy.Projects);
        Assert.Equal(
            ExpectedPackages.Ids.SelectMany(id => new[] { $"{id}.{packages.Version}.nupkg", $"{id}.{packages.Version}.snupkg" })
                .Append($"{ExpectedTemplates.Package}.{packages.Version}.nupkg").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(packages.Folder, "packages")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EachPackage))]
    public void Package_holds_the_library_for_each_framework_and_nothing_else(string id)
    {
        var package = packages.Open(id);

        Assert.Equal(
            new[] { $"{id}.nuspec", "README.md", "icon.png" }
                .Concat(ExpectedPackages.Analyzers(id))
                .Concat(
                    ExpectedPackages.Frameworks.SelectMany(framework => new[] { $"lib/{framework}/{id}.dll", $"lib/{framework}/{id}.xml" }))
                .Order(StringComparer.Ordinal),
            package.Names);
        Assert.Equal(ExpectedPackages.Frameworks, package.Frameworks.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EachPackageAndFramework))]
    public void Dependencies_are_exactly_the_expected_ones(string id, string framework)
    {
        var package = packages.Open(id);

        Assert.Equal(
            ExpectedPackages.Dependencies(id, framework, packages.Version), package.Dependencies(framework).Order(StringComparer.Ordinal));
        Assert.Equal(ExpectedPackages.FrameworkReferences(id), package.FrameworkReferences(framework));
    }

    /// <summary>The sizes are printed with <c>-diagnostics</c>.</summary>
    [Theory]
    [MemberData(nameof(EachPackage))]
    public void Package_is_not_larger_than_its_limit(string id)
    {
        var kilobytes = packages.Open(id).Kilobytes;
        var dependencies = packages.Open(id).Dependencies(ExpectedPackages.Frameworks[0]).Count();
        TestContext.Current.SendDiagnosticMessage("{0}: {1} KB, {2} dependencies", id, kilobytes, dependencies);

        Assert.InRange(kilobytes, 1, ExpectedPackages.LargestKilobytes(id));
    }

    [Theory]
    [MemberData(nameof(EachPackage))]
    public void Manifest_has_what_a_package_page_shows(string id)
    {
        var package = packages.Open(id);

        Assert.Equal(id, package.Text("id"));
        Assert.Equal("MIT", package.Text("license"));
        Assert.Equal("expression", package.Attribute("license", "type"));
        Assert.Equal("icon.png", package.Text("icon"));
        Assert.Equal("README.md", package.Text("readme"));
        Assert.Equal("The ImaNanoBanana authors", package.Text("authors"));
        Assert.Equal("Copyright (c) 2026 The ImaNanoBanana authors", package.Text("copyright"));
        Assert.InRange(package.Text("description")!.Length, 40, 300);
        Assert.InRange(package.Text("tags")!.Split(' ').Length, 3, 10);
        Assert.Equal(package.Text("tags")!.Split(' ').Distinct(StringComparer.Ordinal).Count(), package.Text("tags")!.Split(' ').Length);
    }

    [Theory]
    [MemberData(nameof(EachPackage))]
    public void Repository_is_the_clone_that_was_built(string id)
    {
        var package = packages.Open(id);

        Assert.Equal("git", package.Attribute("repository", "type"));
        Assert.Equal(SourceCopy.Remote, package.Attribute("repository", "url"));
        Assert.Equal(SourceCopy.Commit, package.Attribute("repository", "commit"));
        // The clone is on the branch main. A clone of the tag has no branch, and makes the same package.
        Assert.Null(package.Attribute("repository", "branch"));
    }

    [Theory]
    [MemberData(nameof(EachPackage))]
    public void Package_has_the_icon_and_its_own_page(string id)
    {
        var package = packages.Open(id);

        Assert.Equal(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "src", "icon.png")), package["icon.png"]);
        Assert.Equal(PngOf128Pixels, package["icon.png"][..PngOf128Pixels.Length]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "src", id, "README.md")), package["README.md"]);
        Assert.StartsWith($"# {id}\n", Encoding.UTF8.GetString(package["README.md"]).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
