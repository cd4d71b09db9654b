namespace ImaNanoBanana.Tests.Architecture;

/// <summary>
/// The folders of the SDK have a strict order, and each refers only to folders below it. Reading the tree from the top shows the
/// architecture.
/// </summary>
public class LayeringTests
{
    /// <summary>From the bottom up; the empty name is the project's own folder.</summary>
    private static readonly string[] Folders =
    [
        "Json", "Media", "Values", "Masking", "Files", "Transport", "Results", "Options", "Resilience", "Errors", "Diagnostics", "OpenApi",
        "Downloads", "Requests", "Catalog", "Planning", "Journal", "Outcomes", "", "Uploads", "Submitting", "Watching", "Client",
        "DependencyInjection", "Messages",
    ];

    private static Lazy<SourceModel> Sources => SourceModel.Sdk;

    [Fact]
    public void Each_file_refers_to_its_own_folder_and_those_below() =>
        Assert.Empty(Sources.Value.References().Where(IsUpward).Select(reference => $"{reference.From} refers to {reference.To}"));

    /// <summary>The test above finds a reference in any notation.</summary>
    [Theory]
    [InlineData("using ImaNanoBanana.Watching; namespace ImaNanoBanana.Json; internal class Planted { TaskWatcher? Field; }")]
    [InlineData("namespace ImaNanoBanana.Json; internal class Planted { ImaNanoBanana.Watching.TaskWatcher? Field; }")]
    [InlineData("namespace ImaNanoBanana.Json; internal class Planted { Watching.TaskWatcher? Field; }")]
    [InlineData("namespace ImaNanoBanana; internal class Planted { ImageTask? Field; }")]
    [InlineData("using T = ImaNanoBanana.Watching.TaskWatcher; namespace ImaNanoBanana; internal class Planted { T? Field; }")]
    [InlineData("namespace ImaNanoBanana; internal class Planted { static object Read(ImaException error) => error.GetAdvice(); }")]
    [InlineData(
        "namespace ImaNanoBanana; internal class Planted { /* through a member */ static object? Read(dynamic x) => new "
            + "ImageRequest(\"a\").Images; }")]
    public void Planted_reference_is_seen(string text) =>
        Assert.Contains(Sources.Value.With("Json/Planted.cs", text).ReferencesOf("Json/Planted.cs"), IsUpward);

    [Fact]
    public void Planted_reference_from_the_contract_is_seen()
    {
        const string Text = "namespace ImaNanoBanana; internal class Planted { ImaImageClient? Field; }";

        Assert.Contains(Sources.Value.With("Planted.cs", Text).ReferencesOf("Planted.cs"), IsUpward);
    }

    [Fact]
    public void Every_folder_has_its_place() =>
        Assert.Equal(Folders.Order(StringComparer.Ordinal), Sources.Value.Files.Select(Folder).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void No_folder_is_a_crowd()
    {
        var crowds = Sources.Value.Files.GroupBy(Path.GetDirectoryName).Where(files => files.Count() > (files.Key!.Length == 0 ? 5 : 25));

        Assert.Empty(crowds.Select(files => $"{files.Key} has {files.Count()} files"));
    }

    [Fact]
    public void Internals_have_the_namespace_of_their_folder() => Assert.Empty(
        from file in Sources.Value.Files
        let text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "ImaNanoBanana", file))
        where !text.Contains("\npublic ", StringComparison.Ordinal) && file.Contains('/', StringComparison.Ordinal)
        where !text.Contains($"namespace ImaNanoBanana.{Path.GetDirectoryName(file)!.Replace('/', '.')};", StringComparison.Ordinal)
        select file);

    private static bool IsUpward((string From, string To) reference) =>
        Array.IndexOf(Folders, Folder(reference.To)) > Array.IndexOf(Folders, Folder(reference.From));

    private static string Folder(string file) =>
        file.Contains('/', StringComparison.Ordinal) ? file[..file.IndexOf('/', StringComparison.Ordinal)] : "";
}
