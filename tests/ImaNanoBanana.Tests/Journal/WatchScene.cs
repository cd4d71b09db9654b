using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>A journal that several clients share, each as if it were a process of its own.</summary>
internal sealed class WatchScene : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly string? _folder;
    private readonly ITaskJournal? _memory;
    private readonly List<IDisposable> _owned = [];

    public WatchScene(bool isFolder)
    {
        _folder = isFolder ? Directory.CreateTempSubdirectory().FullName : null;
        _memory = isFolder ? null : new MemoryTaskJournal(Time);
    }

    public TestTimeProvider Time { get; } = new();

    public TimeSpan Elapsed => Time.GetUtcNow() - Time.Start;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The shared journal, as another process sees it.</summary>
    public ITaskJournal Journal() => _memory ?? new FileTaskJournal(_folder!);

    /// <param name="journal">The journal; null for the shared one.</param>
    /// <param name="detail">What the service answers to a poll.</param>
    public ImaImageClient Client(ITaskJournal? journal = null, string detail = ScriptedHandler.Done)
    {
        var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", RequestsPerSecond = null },
            new ScriptedHandler().With("detail", (200, detail)),
            Time,
            journal: journal ?? Journal());
        _owned.Add(client);
        return client;
    }

    /// <summary>Leaves the entry of a task that a process submitted an hour ago.</summary>
    public async Task<TaskJournalEntry> LeaveAsync(string key)
    {
        var entry = new TaskJournalEntry(key, "AA")
        {
            ClaimId = "claim of " + key,
            ClaimedAt = Time.GetUtcNow().AddHours(-1),
            Task = new ImageTask("task of " + key) { IdempotencyKey = key },
            State = TaskJournalState.Accepted,
        };
        Assert.Null(await Journal().ClaimAsync(entry, Token));
        return entry;
    }

    /// <summary>Whether another process gets the right to watch a task now.</summary>
    public async Task<bool> IsFreeAsync(string key)
    {
        var entry = (await Journal().FindAsync(key, Token))!;
        return await Journal().TryWatchAsync(entry, "other", TimeSpan.FromMinutes(1), Token);
    }

    /// <summary>Resumes with one client, while the clock runs.</summary>
    /// <returns>The keys of the delivered tasks.</returns>
    public async Task<IReadOnlyList<string>> ResumeAsync(ImaImageClient client)
    {
        var resume = KeysAsync(client);
        await RunAsync(resume);
        return await resume;
    }

    public static async Task<IReadOnlyList<string>> KeysAsync(ImaImageClient client, Action<string>? delivered = null)
    {
        var keys = new List<string>();
        await foreach (var outcome in client.ResumeAsync(cancellationToken: Token))
        {
            Assert.NotNull(outcome.Result);
            keys.Add(outcome.IdempotencyKey);
            delivered?.Invoke(outcome.IdempotencyKey);
        }

        return keys;
    }

    /// <summary>Resumes with one client, while the clock stands still.</summary>
    public static Task<IReadOnlyList<string>> ResumeAtOnceAsync(ImaImageClient client) =>
        KeysAsync(client).WaitAsync(TimeSpan.FromSeconds(20), Token);

    /// <summary>
    /// Moves the clock by a second whenever a resuming client waits to look again, so that no call of a slow journal times out.
    /// </summary>
    public async Task RunAsync(Task work)
    {
        while (await Task.WhenAny(work, Time.WaitForTimerAsync(LookInterval, Token)) != work)
        {
            Time.Advance(LookInterval);
        }
    }

    /// <summary>Lets the clock run for a time.</summary>
    public Task PassAsync(TimeSpan length) => Time.RunAsync(Task.Delay(length, Time, Token), length, Token);

    public void Dispose()
    {
        _owned.ForEach(client => client.Dispose());
        if (_folder is not null)
        {
            TestFolder.Delete(new DirectoryInfo(_folder));
        }
    }
}
