using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Journal;
using Microsoft.Extensions.DependencyInjection;
using static ImaNanoBanana.Tests.Docs.ResumeSnippets;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>Runs docs/resume.md on the simulator: the next container resumes what the first one left.</summary>
public sealed class ResumePageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;

    public ResumePageTests() => _simulator = new ImaSimulator(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _simulator.Dispose();
        TestFolder.Delete(_folder);
    }

    [Fact]
    public async Task One_key_is_one_submission()
    {
        await using var provider = Provider();

        await KeyAsync(provider.GetRequiredService<IImaImageClient>(), Token);

        Assert.Single(_simulator.Charges);
    }

    [Fact]
    public async Task Message_that_is_delivered_twice_is_one_submission()
    {
        await using var provider = Provider();
        var (client, message) = (provider.GetRequiredService<IImaImageClient>(), await EnqueueAsync(Token));

        Assert.Equal(await WorkAsync(client, message, Token), await WorkAsync(client, message, Token));

        Assert.Equal(message, await EnqueueAsync(Token));
        Assert.Single(_simulator.Charges);
    }

    [Fact]
    public async Task Handle_is_enough_to_get_the_image()
    {
        await using var provider = Provider();
        var client = provider.GetRequiredService<IImaImageClient>();
        var task = await client.SubmitAsync(new ImageRequest("a puppy"), Token);
        _time.Advance(_simulator.ProcessingTime);
        var saved = new List<string>();

        var result = await HandleAsync(client, task, handle => Task.Run(() => saved.Add(handle), Token), Token);

        Assert.Equal(task.Id, ImageTask.FromHandle(Assert.Single(saved)).Id);
        Assert.EndsWith(".png", result.Image.Url.ToString(), StringComparison.Ordinal);
        Assert.Single(_simulator.Charges);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Next_process_resumes_what_is_in_the_journal(bool isDatabase)
    {
        await using (var provider = Provider(isDatabase))
        {
            var client = provider.GetRequiredService<IImaImageClient>();
            await client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = "order-0" }, Token);
            var lost = new SimulatedFault { DropsConnection = true, AfterProcessing = true };
            _simulator.Script("create", lost, lost);
            foreach (var key in new[] { "order-1", "order-2" })
            {
                await Assert.ThrowsAsync<ImaException>(
                    () => client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = key }, Token));
            }
        }

        await using var next = Provider(isDatabase);
        var resumed = next.GetRequiredService<IImaImageClient>();
        var journal = next.GetRequiredService<ITaskJournal>();
        await ListAsync(journal, Token);
        await ResolveAsync(journal, _simulator.Charges[1].TaskId, Token);
        _time.Advance(_simulator.ProcessingTime);
        await ResumeAsync(resumed, _folder.FullName, Token);

        Assert.Equal(["order-0.png", "order-1.png"], _folder.GetFiles("*.png").Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(3, _simulator.Charges.Count);
        Assert.Equal(
            [("order-0", TaskJournalState.Completed), ("order-1", TaskJournalState.Completed)],
            (await FileTaskJournalTests.ListAsync(journal)).Select(entry => (entry.IdempotencyKey, entry.State)).Order());
    }

    [Fact]
    public async Task Database_accepts_one_of_many_claims()
    {
        await using var provider = Provider(isDatabase: true);
        var journal = provider.GetRequiredService<ITaskJournal>();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => journal.ClaimAsync(FileTaskJournalTests.Entry("order-1"), Token)));

        Assert.Single(answers, answer => answer is null);
        Assert.Single(await FileTaskJournalTests.ListAsync(journal));
    }

    private ServiceProvider Provider(bool? isDatabase = null)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time);
        services.AddImaNanoBanana().UseSimulator(_simulator);
        if (isDatabase is true)
        {
            var connection = $"Data Source={Path.Combine(_folder.FullName, "shop.db")};Pooling=False";
            using var database = new Microsoft.Data.Sqlite.SqliteConnection(connection);
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = SqliteTaskJournal.Table;
            command.ExecuteNonQuery();
            RegisterSqlite(services, connection);
        }
        else if (isDatabase is false)
        {
            Register(services, Path.Combine(_folder.FullName, "journal"));
        }

        return services.BuildServiceProvider();
    }
}
