namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>
/// The messages of the SDK as whole sentences. This is the only place that compares them: other tests check what an error says in its
/// properties. IMA_WRITE_GOLDEN=1 writes the file again; review the difference.
/// </summary>
public class MessageCatalogueTests
{
    private static readonly string File =
        Path.Combine(RepositoryRoot.Path, "tests", "ImaNanoBanana.Tests", "Messages", "Catalogue", "messages.txt");

    [Fact]
    public async Task Messages_match_their_file()
    {
        var text = Text(await AllAsync());
        if (Environment.GetEnvironmentVariable("IMA_WRITE_GOLDEN") == "1")
        {
            await System.IO.File.WriteAllTextAsync(File, text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken), text);
    }

    [Fact]
    public async Task Every_kind_and_every_reason_has_a_message()
    {
        var messages = await AllAsync();

        Assert.Equal(Enum.GetValues<ImaErrorKind>(), messages.Select(message => message.Kind).OfType<ImaErrorKind>().Distinct().Order());
        Assert.Equal(
            Enum.GetValues<ImaInvalidRequestReason>(),
            messages.Select(message => message.Reason).OfType<ImaInvalidRequestReason>().Distinct().Order());
    }

    [Fact]
    public async Task Names_are_distinct() =>
        Assert.Distinct((await AllAsync()).Select(message => $"{message.Folder}: {message.Name}"));

    internal static async Task<IReadOnlyList<CatalogueMessage>> AllAsync() =>
    [
        .. SubmissionMessages.All(),
        .. WatchMessages.All(),
        .. await JournalMessages.AllAsync(),
        .. RequestMessages.All(),
        .. ParameterMessages.All(),
        .. await ProductListMessages.AllAsync(),
        .. await SourceImageMessages.AllAsync(),
        .. await DownloadMessages.AllAsync(),
        .. OptionMessages.All(),
        .. await ClientMessages.AllAsync(),
        .. ValueMessages.All(),
        .. await TransportMessages.AllAsync(),
    ];

    private static string Text(IEnumerable<CatalogueMessage> messages) => string.Join('\n', messages
        .GroupBy(message => message.Folder)
        .OrderBy(folder => folder.Key, StringComparer.Ordinal)
        .Select(folder => $"=== {folder.Key}\n\n{string.Join('\n', folder.OrderBy(message => message.Name, StringComparer.Ordinal))}"));
}
