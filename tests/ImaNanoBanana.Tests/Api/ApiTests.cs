namespace ImaNanoBanana.Tests.Api;

/// <summary>docs/api/ is the reviewed public surface, the same for both frameworks.</summary>
public class ApiTests
{
    private const string HowToUpdate = "IMA_WRITE_API=1 dotnet test tests/ImaNanoBanana.Tests -f net10.0 --filter ApiTests";

    private static readonly string[] Namespaces = ["ImaNanoBanana", "ImaNanoBanana.Testing", "Microsoft.Extensions.DependencyInjection"];

    [Theory]
    [InlineData("ImaNanoBanana")]
    [InlineData("ImaNanoBanana.Extensions.AI")]
    [InlineData("ImaNanoBanana.Testing")]
    [InlineData("ImaNanoBanana.Testing.Server")]
    public void Public_surface_is_the_reviewed_one(string package)
    {
        var file = Path.Combine(RepositoryRoot.Path, "docs", "api", package + ".txt");
        var listing = ApiListing.Of(Packages.Find(package));
#if NET10_0_OR_GREATER
        if (Environment.GetEnvironmentVariable("IMA_WRITE_API") == "1")
        {
            File.WriteAllText(file, listing);
        }
#endif

        var reviewed = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";

        Assert.True(reviewed == listing, $"""
            docs/api/{package}.txt is not the public surface of this build ({AppContext.TargetFrameworkName}):
            {string.Join('\n', Differences(reviewed, listing))}
            Where the change is meant, update the file and review it with the code: {HowToUpdate}
            """);
    }

    [Fact]
    public void Every_package_has_its_listing() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
        Packages.All.Select(assembly => assembly.GetName().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Public_types_live_in_the_public_namespaces() =>
        Assert.DoesNotContain(Packages.PublicTypes, type => !Namespaces.Contains(type.Namespace));

    [Fact]
    public void Only_extensions_live_in_the_namespace_of_dependency_injection() => Assert.DoesNotContain(
        Packages.PublicTypes,
        type => type.Namespace == Namespaces[^1] && !(type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Extensions", StringComparison.Ordinal)));

    private static IEnumerable<string> Differences(string reviewed, string listing)
    {
        var (before, now) = (Placed(reviewed).ToList(), Placed(listing).ToList());
        return before.Except(now).Select(line => "- " + line).Concat(now.Except(before).Select(line => "+ " + line)).Take(40);
    }

    /// <summary>Each line after the type that it stands in, since many types have like members.</summary>
    private static IEnumerable<string> Placed(string listing)
    {
        var type = "";
        foreach (var line in listing.Split('\n').Where(line => line.Trim() is not ("" or "{" or "}")))
        {
            var isMember = line.StartsWith(' ');
            type = isMember ? type : line;
            yield return isMember ? $"{type}: {line.Trim()}" : line;
        }
    }
}
