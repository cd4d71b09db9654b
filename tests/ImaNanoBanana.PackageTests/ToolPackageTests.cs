using System.Text;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.PackageTests;

/// <summary>The packages of the tools: their pages say as much as those of the libraries, and they contain what they need.</summary>
public sealed class ToolPackageTests(PackedPackages packages)
{
    public static TheoryData<string> EachTool => [.. ExpectedPackages.Tools];

    [Theory]
    [MemberData(nameof(EachTool))]
    public async Task Manifest_has_what_the_page_of_a_tool_shows(string id)
    {
        var package = await packages.OpenToolAsync(id);

        Assert.Equal(id, package.Text("id"));
        Assert.Equal(packages.Version, package.Text("version"));
        Assert.Equal("MIT", package.Text("license"));
        Assert.Equal("icon.png", package.Text("icon"));
        Assert.Equal("README.md", package.Text("readme"));
        Assert.Equal("The ImaNanoBanana authors", package.Text("authors"));
        Assert.InRange(package.Text("description")!.Length, 40, 300);
        Assert.InRange(package.Text("tags")!.Split(' ').Length, 3, 10);
        Assert.Contains("DotnetTool", package.PackageTypes);
        Assert.Equal(SourceCopy.Remote, package.Attribute("repository", "url"));
        Assert.Equal(SourceCopy.Commit, package.Attribute("repository", "commit"));
        Assert.Null(package.Attribute("repository", "branch"));
    }

    [Theory]
    [MemberData(nameof(EachTool))]
    public async Task Package_has_its_page_the_icon_the_notices_and_the_licence(string id)
    {
        var package = await packages.OpenToolAsync(id);

        foreach (var (name, source) in new[]
            {
                ("README.md", $"samples/{id}/README.md"),
                ("icon.png", "src/icon.png"),
                ("THIRD-PARTY-NOTICES.txt", "THIRD-PARTY-NOTICES.txt"),
                ("LICENSE", "LICENSE"),
            })
        {
            Assert.True(package[name].AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, source))), name);
        }
    }

    /// <summary>A folder in an assembly makes its bytes those of one machine, and no one else could build them.</summary>
    [Theory]
    [MemberData(nameof(EachTool))]
    public async Task Assemblies_contain_no_folder_of_the_build(string id)
    {
        var package = await packages.OpenToolAsync(id);
        var own = package.Names.Where(
            name => Path.GetFileName(name).StartsWith("ima", StringComparison.OrdinalIgnoreCase)
                && Path.GetExtension(name) is ".dll" or ".pdb").ToList();

        Assert.Contains(own, name => Path.GetFileName(name) is "ima.dll" or "ima-mcp.dll");
        Assert.Contains(own, name => Path.GetFileName(name) == "ImaNanoBanana.dll");
        Assert.All(own, name => Assert.True(package[name].AsSpan().IndexOf(Encoding.UTF8.GetBytes(packages.Folder)) < 0, name));
    }
}
