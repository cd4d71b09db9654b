using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.PackageTests;

public partial class VersionTests(PackedPackages packages)
{
    public static TheoryData<string> EachPackage => ExpectedPackages.EachPackage;

    [Theory]
    [MemberData(nameof(EachPackage))]
    public void Every_package_has_the_same_version(string id) => Assert.Equal(packages.Version, packages.Open(id).Text("version"));

    [Fact]
    public void Version_is_defined_in_one_place()
    {
        var places =
            from file in Directory.EnumerateFiles(RepositoryRoot.Path, "*", SearchOption.AllDirectories)
            where file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal)
                || file.EndsWith(".targets", StringComparison.Ordinal)
            where !IsBuilt(Path.GetRelativePath(RepositoryRoot.Path, file))
            from property in XDocument.Load(file).Descendants("PropertyGroup").Elements()
            where VersionProperty().IsMatch(property.Name.LocalName)
            select $"{Path.GetFileName(file)}: {property.Name.LocalName} {property.Value}";

        Assert.Collection(
            places,
            prefix => Assert.Equal($"Directory.Build.props: VersionPrefix {PackedPackages.VersionPrefix}", prefix),
            suffix => Assert.StartsWith("Directory.Build.props: VersionSuffix", suffix, StringComparison.Ordinal));
    }

    private static bool IsBuilt(string path) =>
        path.Split(Path.DirectorySeparatorChar)[..^1].Any(folder => folder is "bin" or "obj" or "artifacts");

    [GeneratedRegex("^((Package|Assembly|File|Informational)?Version|VersionPrefix|VersionSuffix)$")]
    private static partial Regex VersionProperty();
}
