namespace ImaNanoBanana.PackageTests;

/// <summary>The packages that an app gets with a package, written by hand.</summary>
internal static class ExpectedPackages
{
    private const string Extensions = "10.0.14";

    private static readonly string[] OfTheLibrary =
    [
        $"Microsoft.Extensions.DependencyInjection.Abstractions {Extensions}",
        $"Microsoft.Extensions.Diagnostics.HealthChecks {Extensions}",
        $"Microsoft.Extensions.Http {Extensions}",
        "Microsoft.Extensions.Http.Resilience 10.11.0",
        $"Microsoft.Extensions.Logging.Abstractions {Extensions}",
        $"Microsoft.Extensions.Options {Extensions}",
        $"Microsoft.Extensions.Options.ConfigurationExtensions {Extensions}",
        "Polly.Core 8.9.1",
        "Refit 16.4.0",
        $"System.IO.Hashing {Extensions}",
    ];

    public static IReadOnlyList<string> Ids { get; } = [
        "ImaNanoBanana", "ImaNanoBanana.Extensions.AI", "ImaNanoBanana.PostgreSql", "ImaNanoBanana.Testing",
        "ImaNanoBanana.Testing.Server"];

    /// <summary>The programs that are packed as .NET tools.</summary>
    public static IReadOnlyList<string> Tools { get; } = ["ImaNanoBanana.Console", "ImaNanoBanana.McpServer"];

    public static IReadOnlyList<string> Frameworks { get; } = ["net10.0", "net8.0"];

    public static TheoryData<string> EachPackage => [.. Ids];

    public static TheoryData<string, string> EachPackageAndFramework =>
        [.. from id in Ids from framework in Frameworks select (id, framework)];

    /// <param name="id">The package.</param>
    /// <param name="framework">The framework of the app.</param>
    /// <param name="version">The version of this project's own packages.</param>
    public static IEnumerable<string> Dependencies(string id, string framework, string version) => (id, framework) switch
    {
        ("ImaNanoBanana", "net8.0") => [.. OfTheLibrary, "System.Text.Json 10.0.14"],
        ("ImaNanoBanana", _) => OfTheLibrary,
        ("ImaNanoBanana.Extensions.AI", _) => [$"ImaNanoBanana {version}", "Microsoft.Extensions.AI 10.11.0"],
        ("ImaNanoBanana.PostgreSql", _) => [$"ImaNanoBanana {version}", "Npgsql 10.0.3"],
        ("ImaNanoBanana.Testing", _) => [$"ImaNanoBanana {version}", "System.IO.Hashing 10.0.14"],
        ("ImaNanoBanana.Testing.Server", _) => [$"ImaNanoBanana.Testing {version}"],
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "Not a package of this project."),
    };

    /// <summary>The files of a package that the compiler and the editor load.</summary>
    public static IEnumerable<string> Analyzers(string id) => id == "ImaNanoBanana"
        ? ["analyzers/dotnet/cs/ImaNanoBanana.Analyzers.dll", "analyzers/dotnet/cs/ImaNanoBanana.CodeFixes.dll"]
        : [];

    /// <summary>The limit for the size of the file that an app downloads, in KB.</summary>
    public static int LargestKilobytes(string id) => id switch
    {
        "ImaNanoBanana" => 1250,
        "ImaNanoBanana.Testing" => 270,
        "ImaNanoBanana.Testing.Server" => 180,
        _ => 130,
    };

    public static IEnumerable<string> FrameworkReferences(string id) =>
        id == "ImaNanoBanana.Testing.Server" ? ["Microsoft.AspNetCore.App"] : [];
}
