using System.Text.RegularExpressions;

namespace ImaNanoBanana.Tests.Architecture;

/// <summary>What may run code of the app is called in one place, which keeps that code from coming between a caller and a task.</summary>
public sealed partial class CallsOfAppCodeTests
{
    /// <summary>Cancelling runs callbacks, which may throw or block.</summary>
    [Fact]
    public void Only_one_file_cancels_token_sources() => Assert.Equal(
        ["TimedCancellation.cs"], from file in Sources() where Cancels().IsMatch(File.ReadAllText(file)) select Path.GetFileName(file));

    private static IEnumerable<string> Sources() =>
        from project in new[] { "ImaNanoBanana", "ImaNanoBanana.PostgreSql", "ImaNanoBanana.Extensions.AI" }
        from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src", project), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select file;

    [GeneratedRegex(@"(?<!TimedCancellation)\.(Cancel|CancelAsync|CancelAfter)\(")]
    private static partial Regex Cancels();
}
