using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace ImaNanoBanana.Tests.Api;

/// <summary>docs/api/ is the reviewed public surface, which is the same for both frameworks.</summary>
public class ApiTests
{
    private const string HowToUpdate = "IMA_WRITE_API=1 dotnet test tests/ImaNanoBanana.Tests -f net10.0 --filter ApiTests";

    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,

        // The members that the compiler adds to an iterator change with the order of the methods.
        ExcludeAttributes = [typeof(AsyncIteratorStateMachineAttribute).FullName!, typeof(EnumeratorCancellationAttribute).FullName!],

        // The extension methods of service collections are public surface too.
        DenyNamespacePrefixes = [],
    };

    public static TheoryData<string> EachPackage => [.. Packages.All.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(EachPackage))]
    public void Public_surface_is_the_reviewed_one(string package)
    {
        var file = Path.Combine(RepositoryRoot.Path, "docs", "api", package + ".txt");
        var built = Packages.Find(package).GeneratePublicApi(Options).ReplaceLineEndings("\n").Trim('\n').Split('\n');
#if NET10_0_OR_GREATER
        if (Environment.GetEnvironmentVariable("IMA_WRITE_API") == "1")
        {
            File.WriteAllText(file, string.Join('\n', built) + "\n");
        }
#endif

        var reviewed = File.Exists(file) ? File.ReadAllLines(file) : [];

        // Only the first difference matters; comparing the whole text would cut long lines short.
        var (was, now) = reviewed.Append("").Zip(built.Append("")).FirstOrDefault(pair => pair.First != pair.Second);
        Assert.True(reviewed.SequenceEqual(built), $"""
            docs/api/{package}.txt is not the public surface of this build ({AppContext.TargetFrameworkName}), first where
            the file has  {was}
            the build has {now}
            Where the change is meant, update the file and review it with the code: {HowToUpdate}
            """);
    }

    [Fact]
    public void Every_package_has_a_reviewed_surface() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "README.md")))
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
        Packages.All.Select(assembly => assembly.GetName().Name).Order(StringComparer.Ordinal));
}
