using ImaNanoBanana.Tests;

namespace ImaNanoBanana.PackageTests.Templates;

/// <summary>New apps of all templates, created by the .NET SDK from the packed file and built together with the packed packages.</summary>
public sealed class CreatedApps(PackedPackages packages) : IAsyncLifetime
{
    private const string Solution = "apps.slnx";

    /// <summary>The templates and the names of the apps: with a dot, with a hyphen, and with Chinese characters.</summary>
    internal static IReadOnlyList<(string Template, string Name)> Apps { get; } =
    [
        ("ima-bot", "My.Bot"),
        ("ima-console", "My.Console"),
        ("ima-web", "My.Web"),
        ("ima-worker", "My.Worker"),
        ("ima-worker", "图片-worker"),
    ];

    private string Folder { get; } = Path.Combine(packages.Folder, "new apps");

    private string Hive => Path.Combine(packages.Folder, "hive");

    /// <summary>What <c>dotnet new install</c> prints: the list of the templates.</summary>
    internal string Installed { get; private set; } = "";

    /// <summary>What <c>dotnet build</c> prints.</summary>
    internal string Built { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        File.Copy(
            Path.Combine(RepositoryRoot.Path, "tests", "ImaNanoBanana.PackageTests", "Consumer", "nuget.config"),
            Path.Combine(Folder, "nuget.config"));
        var file = Path.Combine(packages.Folder, "packages", $"{ExpectedTemplates.Package}.{packages.Version}.nupkg");
        Installed = await NewAsync("install", file);
        foreach (var (template, name) in Apps)
        {
            await NewAsync(template, "-n", name);
        }

        await File.WriteAllLinesAsync(
            Path.Combine(Folder, Solution),
            ["<Solution>", .. Apps.Select(app => $"""<Project Path="{app.Name}/{app.Name}.csproj" />"""), "</Solution>"]);
        Built = await Dotnet.RunAsync(Folder, ["build", Solution, "-v", "m", "-warnaserror"], packages.Caches);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <returns>Each file of an app that was created, and its text.</returns>
    internal IEnumerable<(string File, string Text)> Files(string name) =>
        from file in Directory.EnumerateFiles(Path.Combine(Folder, name), "*", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Path.Combine(Folder, name), file)
        where !relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
        select (relative, File.ReadAllText(file));

    /// <returns>The page that the .NET SDK shows about a template.</returns>
    internal Task<string> HelpAsync(string template, string language) =>
        Dotnet.RunAsync(Folder, ["new", template, "--help", "--debug:custom-hive", Hive], ("DOTNET_CLI_UI_LANGUAGE", language));

    /// <summary>Starts an app in an empty folder of its own, with its data in that folder.</summary>
    internal AppProcess Start(string name, string[] words, params (string Name, string Value)[] environment) =>
        StartIn(CreateFolder(), name, words, environment);

    /// <summary>The folder of a run, for apps that find their data again.</summary>
    internal string CreateFolder() => Directory.CreateDirectory(Path.Combine(packages.Folder, "runs", $"{Guid.NewGuid():n}")).FullName;

    internal AppProcess StartIn(string folder, string name, string[] words, params (string Name, string Value)[] environment)
    {
        var program = Path.Combine(Folder, name, "bin", "Debug", "net10.0", $"{name}.dll");
        return new AppProcess(Dotnet.StartInfo(folder, [program, .. words], [("XDG_DATA_HOME", folder), ("HOME", folder), .. environment]));
    }

    private Task<string> NewAsync(params string[] words) =>
        Dotnet.RunAsync(Folder, ["new", .. words, "--debug:custom-hive", Hive], ("DOTNET_CLI_UI_LANGUAGE", "en"));
}
