using System.Text.RegularExpressions;

namespace ImaNanoBanana.Tests.Architecture;

/// <summary>What may run code of the app is called in one place, which keeps that code from coming between a caller and a task.</summary>
public sealed partial class CallsOfAppCodeTests
{
    /// <summary>Cancelling runs callbacks, which may throw or block.</summary>
    [Fact]
    public void Only_one_file_cancels_token_sources() => Assert.Equal(
        ["TimedCancellation.cs"], from file in Sources() where Cancels().IsMatch(File.ReadAllText(file)) select Path.GetFileName(file));

    /// <summary>
    /// An app's own exception may have no message, or throw instead. The other files read it where a failure is caught, or read the
    /// messages of the SDK's own exceptions.
    /// </summary>
    [Fact]
    public void Only_one_file_reads_the_messages_of_exceptions() => Assert.Equal(
        [
            "Errors/CancellationDocument.cs", "Errors/ImaException.cs", "Json/DocumentConverter.cs", "Masking/ExceptionTexts.cs",
            "Transport/AppCallback.cs",
        ],
        MessageReaders(SourceModel.Sdk.Value).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("class Planted { string? Read(System.IO.IOException error) => error.Message; }")]
    [InlineData("class Planted { bool Read(System.Exception error) => error is { Message: \"gone\" }; }")]
    public void Planted_read_is_seen(string text) =>
        Assert.Contains("Planted.cs", MessageReaders(SourceModel.Sdk.Value.With("Planted.cs", text)));

    private static IEnumerable<string> MessageReaders(SourceModel sources) =>
        sources.UsersOf("System.Exception", nameof(Exception.Message));

    private static IEnumerable<string> Sources() =>
        from project in new[] { "ImaNanoBanana", "ImaNanoBanana.PostgreSql", "ImaNanoBanana.Extensions.AI" }
        from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src", project), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select file;

    [GeneratedRegex(@"(?<!TimedCancellation)\.(Cancel|CancelAsync|CancelAfter)\(")]
    private static partial Regex Cancels();
}
