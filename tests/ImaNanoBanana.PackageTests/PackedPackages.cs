using System.Reflection;

[assembly: AssemblyFixture(typeof(ImaNanoBanana.PackageTests.PackedPackages))]

namespace ImaNanoBanana.PackageTests;

/// <summary>
/// The packages, packed twice from the same source in two folders. Each run uses a new version, so that no cache of the machine contains
/// an older package with it.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ima-packages-");
    private readonly Lazy<Task<string>> _tools;
    private SourceCopy? _again;

    public PackedPackages() => _tools = new Lazy<Task<string>>(PackToolsAsync);

    public string Suffix { get; } = $"ci.{Guid.NewGuid():n}"[..11];

    public string Version => $"{Metadata(nameof(VersionPrefix))}-{Suffix}";

    public static string VersionPrefix => Metadata(nameof(VersionPrefix));

    public string Folder => _folder.FullName;

    /// <summary>The machine's caches of other packages are only read; our packages use a separate cache.</summary>
    internal (string Name, string Value)[] Caches =>
        [("NUGET_PACKAGES", Path.Combine(Folder, "cache")), ("NUGET_FALLBACK_PACKAGES", Metadata("NuGetPackageRoot"))];

    public async ValueTask InitializeAsync()
    {
        var first = new SourceCopy(Directory.CreateDirectory(Path.Combine(Folder, "source")).FullName);
        _again = new SourceCopy(Directory.CreateDirectory(Path.Combine(Folder, "the same", "elsewhere")).FullName);
        await first.PackAsync(Path.Combine(Folder, "packages"), Suffix);
        await _again.PackAsync(Path.Combine(Folder, "again"), Suffix);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <param name="id">The package.</param>
    /// <param name="symbols">Whether to return its symbols instead.</param>
    /// <param name="again">Whether to return the second package.</param>
    internal PackageFile Open(string id, bool symbols = false, bool again = false) =>
        new(Path.Combine(Folder, again ? "again" : "packages", $"{id}.{Version}.{(symbols ? "snupkg" : "nupkg")}"));

    /// <summary>Packs the tools when a test needs the first of them.</summary>
    /// <returns>The folder of their packages.</returns>
    internal Task<string> ToolsAsync() => _tools.Value;

    internal async Task<PackageFile> OpenToolAsync(string id) => new(Path.Combine(await ToolsAsync(), $"{id}.{Version}.nupkg"));

    /// <summary>Packs once more, with an additional source file.</summary>
    /// <returns>The exit code and the output.</returns>
    internal async Task<(int Code, string Output)> TryPackWithAsync(string project, string text)
    {
        var file = $"src/{project}/Further.cs";
        _again!.Write(file, text);
        try
        {
            return await _again.TryPackAsync(project, Path.Combine(Folder, "further"), Suffix);
        }
        finally
        {
            _again.Delete(file);
        }
    }

    private async Task<string> PackToolsAsync()
    {
        var folder = Path.Combine(Folder, "tools");
        await _again!.PackToolsAsync(folder, Suffix);
        return folder;
    }

    internal static string Metadata(string key) =>
        typeof(PackedPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
