using ImaNanoBanana.Tests;

namespace ImaNanoBanana.PackageTests;

/// <summary>
/// The sources of the packages in a separate folder: the repository is not changed, and the package builds see the git clone that the
/// tests expect, however the repository was obtained.
/// </summary>
internal sealed class SourceCopy
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";
    public const string Remote = "https://github.com/owner/name.git";
    public const string Raw = "https://raw.githubusercontent.com/owner/name/" + Commit + "/*";

    private const string Solution = "packages.slnx";

    private readonly string _folder;

    public SourceCopy(string folder)
    {
        _folder = folder;
        foreach (var sources in (string[])
            ["src", "templates", .. ExpectedPackages.Tools.Select(ToolFolder), "samples/Shared", .. ExpectedTemplates.Samples])
        {
            CopyFolder(Path.Combine(RepositoryRoot.Path, sources), Path.Combine(folder, sources));
        }

        foreach (var file in new[]
            {
                "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config",
                ".editorconfig", "LICENSE", "THIRD-PARTY-NOTICES.txt",
            })
        {
            File.Copy(Path.Combine(RepositoryRoot.Path, file), Path.Combine(folder, file));
        }

        File.WriteAllLines(
            Path.Combine(folder, Solution),
            [
                "<Solution>",
                .. AllProjects.Select(name => $"""<Project Path="src/{name}/{name}.csproj" />"""),
                $"""<Project Path="templates/{ExpectedTemplates.Package}.csproj" />""",
                "</Solution>",
            ]);
        PretendToBeACloneOf(Remote);
    }

    /// <summary>The projects of the repository that are packages, by name: each has a page of its own.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. AllProjects.Where(name => File.Exists(Path.Combine(RepositoryRoot.Path, "src", name, "README.md")))];

    /// <summary>Also those that ship inside another package.</summary>
    private static IReadOnlyList<string> AllProjects =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    public Task PackAsync(string output, string versionSuffix) => Dotnet.RunAsync(_folder, Words(Solution, output, versionSuffix));

    /// <returns>The exit code and the output.</returns>
    public Task<(int Code, string Output)> TryPackAsync(string project, string output, string versionSuffix) =>
        Dotnet.TryAsync(_folder, [.. Words($"src/{project}", output, versionSuffix), "--no-restore"]);

    public async Task PackToolsAsync(string output, string versionSuffix)
    {
        foreach (var tool in ExpectedPackages.Tools)
        {
            await Dotnet.RunAsync(_folder, Words(ToolFolder(tool), output, versionSuffix));
        }
    }

    public void Write(string path, string text) => File.WriteAllText(Path.Combine(_folder, path), text);

    public void Delete(string path) => File.Delete(Path.Combine(_folder, path));

    private static string ToolFolder(string tool) => $"samples/{tool}";

    /// <summary>The analyzers run in the build of the repository.</summary>
    private static string[] Words(string what, string output, string versionSuffix) =>
        ["pack", what, "-o", output, "-v", "q", $"-p:VersionSuffix={versionSuffix}", "-p:RunAnalyzers=false"];

    /// <summary>The part of a clone that the .NET SDK reads.</summary>
    private void PretendToBeACloneOf(string remote)
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".git", "objects"));
        Directory.CreateDirectory(Path.Combine(_folder, ".git", "refs", "heads"));
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/refs/heads/main", Commit + "\n");
        Write(".git/config", $"[remote \"origin\"]\n\turl = {remote}\n");
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
