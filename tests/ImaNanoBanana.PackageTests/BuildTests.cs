using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;

namespace ImaNanoBanana.PackageTests;

/// <summary>The assemblies in the packages are the same bytes wherever they are built, and a debugger finds their sources.</summary>
public class BuildTests(PackedPackages packages)
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> EachPackage => ExpectedPackages.EachPackage;

    public static TheoryData<string, string> EachPackageAndFramework => ExpectedPackages.EachPackageAndFramework;

    [Theory]
    [MemberData(nameof(EachPackage))]
    public void Same_commit_gives_the_same_bytes_in_another_folder(string id)
    {
        foreach (var symbols in new[] { false, true })
        {
            var (first, second) = (packages.Open(id, symbols), packages.Open(id, symbols, again: true));

            Assert.Equal(first.Names, second.Names);
            Assert.All(first.Names, name => Assert.True(first[name].AsSpan().SequenceEqual(second[name]), name));
        }
    }

    [Theory]
    [MemberData(nameof(EachPackageAndFramework))]
    public void Assembly_is_built_deterministically_and_contains_no_paths(string id, string framework)
    {
        var assembly = packages.Open(id)[$"lib/{framework}/{id}.dll"];
        using var reader = new PEReader([.. assembly]);

        Assert.Contains(reader.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        Assert.False(
            assembly.AsSpan().IndexOf(Encoding.UTF8.GetBytes(packages.Folder)) >= 0, "The folder of the build is in the assembly.");
    }

    [Theory]
    [MemberData(nameof(EachPackageAndFramework))]
    public void Symbols_are_those_of_the_assembly(string id, string framework)
    {
        using var assembly = new PEReader([.. packages.Open(id)[$"lib/{framework}/{id}.dll"]]);
        using var symbols = OpenSymbols(id, framework);
        var wanted = assembly.ReadCodeViewDebugDirectoryData(
            assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView));

        Assert.Equal(wanted.Guid, new BlobContentId(symbols.GetMetadataReader().DebugMetadataHeader!.Id).Guid);
    }

    [Theory]
    [MemberData(nameof(EachPackageAndFramework))]
    public void Symbols_link_to_the_sources_of_the_commit(string id, string framework)
    {
        using var symbols = OpenSymbols(id, framework);
        var reader = symbols.GetMetadataReader();
        var link = Information(reader, EntityHandle.ModuleDefinition).Single(information => reader.GetGuid(information.Kind) == SourceLink);
        using var json = JsonDocument.Parse(reader.GetBlobBytes(link.Value));

        var (from, to) = json.RootElement.GetProperty("documents").EnumerateObject().Select(
            entry => (entry.Name, entry.Value.GetString())).Single();
        Assert.Equal(("/_/*", SourceCopy.Raw), (from, to));
        Assert.All(Documents(reader), name => Assert.StartsWith("/_/", name, StringComparison.Ordinal));
        Assert.Contains(Documents(reader), name => name.StartsWith($"/_/src/{id}/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Documents(MetadataReader reader) =>
        reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name));

    private static IEnumerable<CustomDebugInformation> Information(MetadataReader reader, EntityHandle of) =>
        reader.GetCustomDebugInformation(of).Select(reader.GetCustomDebugInformation);

    private MetadataReaderProvider OpenSymbols(string id, string framework) => MetadataReaderProvider.FromPortablePdbImage(
        ImmutableArray.Create(packages.Open(id, symbols: true)[$"lib/{framework}/{id}.pdb"]));
}
