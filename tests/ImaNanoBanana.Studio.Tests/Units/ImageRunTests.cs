using ImaNanoBanana.Studio.Api;
using ImaNanoBanana.Studio.Credits;
using ImaNanoBanana.Studio.Generating;
using ImaNanoBanana.Studio.Security;
using ImaNanoBanana.Studio.Storage;
using ImaNanoBanana.Studio.Texts;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImaNanoBanana.Studio.Tests.Units;

/// <summary>A run that is stopped at any request is repeated by the next process: one charge, and the image is delivered.</summary>
public sealed class ImageRunTests : IDisposable
{
    private const string Person = "visitor";
    private const string Key = "key-00001";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ima-run-");
    private readonly ImaSimulator _simulator = new() { ProcessingTime = TimeSpan.Zero };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Stops =>
    [
        "/product/list",
        "/tasks/create",
        "/tasks/detail",
        ".png",
        "/product/list /tasks/create /tasks/detail .png",
        "/tasks/create /tasks/create /tasks/detail /tasks/detail .png .png",
        "",
    ];

    public void Dispose()
    {
        _simulator.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task Run_that_is_stopped_and_repeated_is_charged_once_and_delivers(string stops)
    {
        using var database = StudioDatabase.InFile(_folder.FullName);
        await database.CreateTablesAsync(Token);
        var (table, files) = (new ImageTable(database), new FileTable(database));
        var budgets = new VisitorBudgets(new SqliteCreditLedger(database), new StudioSettings());
        await table.AddAsync(
            new StoredImage("image-1", Person, Key, new Order("a puppy"), ImageState.Waiting, new ImageDetails()), Token);

        foreach (var stop in stops.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            using var stopping = new CancellationTokenSource();
            await RunAsync(table, files, budgets, stop, stopping);
            var open = await table.FindByKeyAsync(Person, Key, Token);
            Assert.True(stopping.IsCancellationRequested, $"The run did not send '{stop}'.");
            Assert.False(open!.HasEnded, $"The image ended at '{stop}': {open.State}.");
        }

        using var never = new CancellationTokenSource();
        await RunAsync(table, files, budgets, stop: null, never);

        var image = await table.FindByKeyAsync(Person, Key, Token);
        Assert.Equal((ImageState.Finished, null), (image!.State, image.Details.Error));
        var file = await files.ReadAsync(Person, Assert.Single(image.Details.Files).Id, Token);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], file!.Value.Content[..4]);
        Assert.Equal("a puppy", Assert.Single(_simulator.Charges).Prompt);
        var usage = await budgets.GetUsageAsync(new Visitor(Person), Token);
        Assert.Equal((6, 0), (usage.Spent, usage.Reserved));
        Assert.Empty(_simulator.Violations);
    }

    /// <summary>The visitor pays for three images and is told that one was not delivered.</summary>
    [Fact]
    public async Task Image_that_the_service_did_not_deliver_is_reported()
    {
        _simulator.Scenario.FailedImages(1);
        using var database = StudioDatabase.InFile(_folder.FullName);
        await database.CreateTablesAsync(Token);
        var (table, files) = (new ImageTable(database), new FileTable(database));
        var budgets = new VisitorBudgets(new SqliteCreditLedger(database), new StudioSettings());
        var order = new Order("three puppies") { Count = 3 };
        await table.AddAsync(
            new StoredImage("image-1", Person, Key, order, ImageState.Waiting, new ImageDetails { Count = 3 }), Token);

        using var never = new CancellationTokenSource();
        await RunAsync(table, files, budgets, stop: null, never);

        var image = await table.FindByKeyAsync(Person, Key, Token);
        Assert.Equal((ImageState.Finished, 2, 1), (image!.State, image.Details.Files.Count, image.Details.MissingCount));
        Assert.Contains("1 of 3 images were not delivered.", NoteTexts.Describe(image.Details, ImaLanguage.English));
    }

    /// <summary>A process was killed while it wrote its claim: no one knows whether the submission was sent.</summary>
    [Fact]
    public async Task Reservation_whose_journal_entry_cannot_be_read_counts_as_spent()
    {
        using var database = StudioDatabase.InFile(_folder.FullName);
        await database.CreateTablesAsync(Token);
        var (ledger, account) = (new SqliteCreditLedger(database), new CreditAccount("default", 20, TimeSpan.FromDays(1)));
        var folder = Path.Combine(_folder.FullName, "journal");
        var journal = new FileTaskJournal(folder);
        await ledger.TryReserveAsync(account, new CreditLedgerEntry("claim", "order-1", 6), Token);
        await ledger.TryReserveAsync(account, new CreditLedgerEntry("other", "order-2", 6), Token);
        await journal.ClaimAsync(new TaskJournalEntry("order-1", "hash") { ClaimId = "claim" }, Token);
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(folder, "*.open")), "{", Token);

        await ledger.SettleAsync(journal, Token);

        Assert.Equal(new CreditUsage(6, 0, 14), await ledger.GetUsageAsync(account, Token));
        await new CreditBudget(ledger, account).TryReserveAsync(5, Token);
        await ledger.SettleAsync(journal, Token);
        Assert.Equal(new CreditUsage(11, 0, 9), await ledger.GetUsageAsync(account, Token));
    }

    /// <summary>Runs the image as a new process does, and stops when a request is sent.</summary>
    private async Task RunAsync(
        ImageTable table, FileTable files, VisitorBudgets budgets, string? stop, CancellationTokenSource stopping)
    {
        var services = new ServiceCollection();
        services.AddImaNanoBanana().UseSimulator(_simulator).AddFileJournal(Path.Combine(_folder.FullName, "journal"))
            .ConfigureHttpClients(http => http.AddHttpMessageHandler(() => new StoppingHandler(stop, stopping)));
        await using var provider = services.BuildServiceProvider();
        var requests = new RequestFactory(files, budgets, new StudioSettings());
        using var run = new ImageRun(
            provider.GetRequiredService<IImaImageClient>(), table, files, requests, new ImageFeed(), NullLogger<ImageRun>.Instance);

        await run.RunAsync((await table.FindByKeyAsync(Person, Key, Token))!, stopping.Token);
    }

    private sealed class StoppingHandler(string? stop, CancellationTokenSource stopping) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (stop is not null && request.RequestUri!.AbsolutePath.EndsWith(stop, StringComparison.Ordinal))
            {
                stopping.Cancel();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
