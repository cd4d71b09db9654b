using System.Text.RegularExpressions;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.PackageTests;

/// <summary>A new app that gets the packages from a folder and everything else from the user's own feed.</summary>
public sealed partial class ConsumerTests(PackedPackages packages)
{
    [Fact]
    public async Task New_app_generates_with_the_simulator_on_both_frameworks()
    {
        var app = Directory.CreateDirectory(Path.Combine(packages.Folder, "app")).FullName;
        foreach (var file in new[] { "Consumer.csproj", "Program.cs", "Ecosystem.cs", "Findings.cs", "nuget.config" })
        {
            File.Copy(Path.Combine(RepositoryRoot.Path, "tests", "ImaNanoBanana.PackageTests", "Consumer", file), Path.Combine(app, file));
        }

        var build = await Dotnet.RunAsync(app, ["build", "-v", "q", $"-p:PackedVersion={packages.Version}"], packages.Caches);

        Assert.Equal(
            ["warning IMA0001", "warning IMA0002", "warning IMA0003", "warning IMA0004"],
            Finding().Matches(build).Select(finding => finding.Value).Distinct().Order(StringComparer.Ordinal));

        foreach (var framework in ExpectedPackages.Frameworks)
        {
            var output = await Dotnet.RunAsync(app, [Path.Combine(app, "bin", "Debug", framework, "Consumer.dll")]);

            Assert.Equal(
                [
                    "in process: image/png of 1024 x 1024 for 6 credits",
                    "over a socket: image/png of 1024 x 1024 for 6 credits",
                    "by the abstraction: image/png",
                    "submissions: 3, violations: 0, differences: 0",
                    "tool: completed",
                    "tenant: 6 credits",
                    "words: a puppy on grass, 4K, 9:16",
                    "newer model: gemini-nano-banana-2.1",
                    "usage: blog, 1 submission",
                    "prompt in the picture: True",
                    "health: Healthy",
                    "substitute: set up GenerateStreamingAsync.",
                    .. ExpectedPackages.Ids.Select(id => $"{id} {packages.Version}+{SourceCopy.Commit}"),
                ],
                output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
        }
    }

    [GeneratedRegex(@"warning IMA\d{4}")]
    private static partial Regex Finding();
}
