using System.Runtime.CompilerServices;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.DependencyInjection;

/// <summary>The journal is a service of its own, and what an app decides with it counts for the client at once.</summary>
public sealed class JournalServiceTests : IDisposable
{
    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };

    private readonly ScriptedHandler _handler = new ScriptedHandler().With("create", (500, "{}"));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _handler.Dispose();
        TestFolder.Delete(_folder);
    }

    [Theory]
    [InlineData("memory", "")]
    [InlineData("memory", "tenant")]
    [InlineData("file", "")]
    [InlineData("file", "tenant")]
    [InlineData("own", "")]
    [InlineData("own", "tenant")]
    public async Task Removed_key_can_be_submitted_again_by_the_same_client(string journal, string name)
    {
        await using var provider = Provider(journal, name);
        var (client, service) = (
            Service<IImaImageClient>(provider, name), Service<ITaskJournal>(provider, name));
        var unknown = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));
        var repeated = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));

        Assert.True(await service.RemoveAsync("order-1", Token));
        await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));

        Assert.Equal((ImaErrorKind.OutcomeUnknown, ImaErrorKind.OutcomeUnknown), (unknown.Kind, repeated.Kind));
        Assert.Equal(2, _handler.Count("create"));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    [InlineData("own")]
    public async Task Attached_task_is_what_the_client_returns(string journal)
    {
        await using var provider = Provider(journal, "");
        var client = provider.GetRequiredService<IImaImageClient>();
        await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));

        await provider.GetRequiredService<ITaskJournal>().AttachTaskAsync("order-1", "task_9", Token);

        Assert.Equal("task_9", (await client.SubmitAsync(Request, Token)).Id);
        Assert.Equal(1, _handler.Count("create"));
    }

    [Fact]
    public async Task Journal_that_is_registered_as_a_plain_service_is_used()
    {
        var journal = new FileTaskJournal(_folder.FullName);
        await using var provider = Provider("memory", "", services => services.AddSingleton<ITaskJournal>(journal));

        await Assert.ThrowsAsync<ImaException>(
            () => provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a puppy"), Token));

        Assert.Equal(TaskJournalState.Unknown, Assert.Single(await FileTaskJournalTests.ListAsync(journal)).State);
    }

    [Fact]
    public async Task Container_disposes_the_journal_of_the_app()
    {
        var journal = new DisposableJournal();
        await using (var provider = Provider("memory", "", services => services.AddImaNanoBanana().AddJournal(_ => journal)))
        {
            await Assert.ThrowsAsync<ImaException>(
                () => provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a puppy"), Token));
            Assert.False(journal.IsDisposed);
        }

        Assert.True(journal.IsDisposed);
        Assert.Single(journal.Claimed);
    }

    [Fact]
    public void Factory_that_returns_no_journal_is_an_error()
    {
        using var provider = Provider("memory", "", services => services.AddImaNanoBanana().AddJournal(_ => null!));

        Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IImaImageClient>);
    }

    [Fact]
    public async Task Journal_for_every_key_is_used_by_a_keyed_client()
    {
        var journal = new DisposableJournal();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new TestTimeProvider());
        services.AddKeyedSingleton<ITaskJournal>(KeyedService.AnyKey, journal);
        services.AddKeyedImaNanoBanana("tenant", options => options.ApiKey = "ima_test_key")
            .ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => _handler));
        await using var provider = services.BuildServiceProvider();

        await Assert.ThrowsAsync<ImaException>(
            () => provider.GetRequiredKeyedService<IImaImageClient>("tenant").SubmitAsync(new ImageRequest("a puppy"), Token));

        Assert.Single(journal.Claimed);
    }

    [Fact]
    public async Task Entry_that_cannot_be_read_on_resume_is_still_unknown()
    {
        var journal = new DisposableJournal();
        await using var provider = Provider("memory", "", services => services.AddImaNanoBanana().AddJournal(_ => journal));
        var entry = new TaskJournalEntry("order-9", "hash") { ClaimId = "claim", State = TaskJournalState.Unknown };
        journal.Open.Add(entry);
        journal.FailsToFind = true;

        var outcomes = new List<ImageOutcome>();
        await foreach (var item in provider.GetRequiredService<IImaImageClient>().ResumeAsync(cancellationToken: Token))
        {
            outcomes.Add(item);
        }

        var outcome = Assert.Single(outcomes);

        Assert.Equal(
            ("order-9", ImaErrorKind.OutcomeUnknown, ImaChargeStatus.Unknown, ImaRetryGuidance.CheckTask),
            (outcome.IdempotencyKey, outcome.Error!.Kind, outcome.Error.ChargeStatus, outcome.Error.RetryGuidance));
    }

    private static T Service<T>(IServiceProvider provider, string name)
        where T : notnull =>
        name.Length == 0 ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(name);

    private ServiceProvider Provider(string journal, string name, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new TestTimeProvider());
        var builder = name.Length == 0
            ? services.AddImaNanoBanana(options => options.ApiKey = "ima_test_key")
            : services.AddKeyedImaNanoBanana(name, options => options.ApiKey = "ima_test_key");
        builder.ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => _handler));
        _ = journal switch
        {
            "file" => builder.AddFileJournal(_folder.FullName),
            "own" => builder.AddJournal(_ => new FileTaskJournal(_folder.FullName, name)),
            _ => builder,
        };
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>A journal of an app that needs to be disposed, and whose storage can fail.</summary>
    private sealed class DisposableJournal : ITaskJournal, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public bool FailsToFind { get; set; }

        public List<TaskJournalEntry> Claimed { get; } = [];

        public List<TaskJournalEntry> Open { get; } = [];

        public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
            FailsToFind ? throw new IOException("The database is down.") : Task.FromResult<TaskJournalEntry?>(null);

        public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
        {
            Claimed.Add(claim);
            return Task.FromResult<TaskJournalEntry?>(null);
        }

        public Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) => Task.FromResult(true);

        public Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) => Task.FromResult(true);

        public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) => Task.FromResult(true);

        public async IAsyncEnumerable<TaskJournalEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            foreach (var entry in Open)
            {
                yield return entry;
            }
        }

        public IAsyncEnumerable<TaskJournalEntry> ListAsync(
            TaskJournalFilter filter, CancellationToken cancellationToken = default) => ListAsync(cancellationToken);

        public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult<DateTimeOffset?>(null);

        public void Dispose() => IsDisposed = true;
    }
}
