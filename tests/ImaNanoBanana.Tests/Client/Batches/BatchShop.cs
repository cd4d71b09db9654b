using ImaNanoBanana.Journal;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Journal;
using ImaNanoBanana.Tests.Submitting;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Client;

/// <summary>A client on the simulator behind a gate, with a journal and helpers for batch tests.</summary>
internal sealed class BatchShop : IDisposable
{
    private readonly List<ImaImageClient> _clients = [];

    public BatchShop(bool isOpen = true, ITaskJournal? journal = null)
    {
        Simulator = new ImaSimulator(Time);
        Gate = new CreateGate(Simulator, isOpen);
        Journal = journal ?? new MemoryTaskJournal(Time);
        Client = NewClient();
    }

    public TestTimeProvider Time { get; } = new();

    public ImaSimulator Simulator { get; }

    public CreateGate Gate { get; }

    public ITaskJournal Journal { get; }

    public ImaImageClient Client { get; }

    /// <summary>The prompts of the charged tasks in alphabetical order, each as often as it was charged.</summary>
    public IEnumerable<string> Submitted => Simulator.Charges.Select(charge => charge.Prompt).Order(StringComparer.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ImageBatchOptions AtOnce(int count) => new() { MaxConcurrency = count };

    public static IEnumerable<ImageRequest> Requests(int count) =>
        Enumerable.Range(1, count).Select(number => new ImageRequest(Prompt(number)));

    public static string Prompt(int number) => $"puppy {number:d4}";

    /// <summary>Another client, as in the next process. The shop disposes it, because a client disposes its handlers.</summary>
    public ImaImageClient NewClient(ITaskJournal? journal = null)
    {
        var options = TestClient.PatientOptions();
        options.RequestsPerSecond = null;
        options.RetrySubmissions = false;
        _clients.Add(TestClients.Create(options, Gate, Time, journal: journal ?? Journal));
        return _clients[^1];
    }

    /// <summary>Reads to the end while the clock moves.</summary>
    public async Task<List<ImageOutcome>> AllAsync(IAsyncEnumerable<ImageOutcome> stream)
    {
        var outcomes = new List<ImageOutcome>();
        await RunAsync(() => ReadAsync(stream, outcomes));
        return outcomes;
    }

    /// <summary>Reads to the end or until it throws.</summary>
    public static async Task ReadAsync(IAsyncEnumerable<ImageOutcome> stream, List<ImageOutcome> outcomes)
    {
        await foreach (var outcome in stream)
        {
            outcomes.Add(outcome);
        }
    }

    public async Task RunAsync(Func<Task> work)
    {
        var task = work();
        await Time.RunAsync(task, PollSchedule.Longest, Token);
        await task;
    }

    /// <summary>The tasks in the journal, as the next process would find them.</summary>
    public async Task<IEnumerable<string?>> JournalAsync(TaskJournalState state) =>
        (await FileTaskJournalTests.ListAsync(Journal)).Where(entry => entry.State == state).Select(entry => entry.Task?.Id)
            .Order(StringComparer.Ordinal);

    /// <summary>Waits for an event that does not depend on the clock.</summary>
    public static async Task UntilAsync(Func<bool> happened)
    {
        for (var turn = 0; turn < 100_000 && !happened(); turn++)
        {
            await LetOthersRunAsync();
        }

        Assert.True(happened());
    }

    /// <summary>Gives an event that must not happen enough time to happen.</summary>
    public static async Task SettleAsync()
    {
        for (int turn = 0, quiet = 0; turn < 1000 && quiet < 50; turn++)
        {
            await LetOthersRunAsync();
            quiet = ThreadPool.PendingWorkItemCount == 0 ? quiet + 1 : 0;
        }
    }

    /// <summary>Queues behind the current work of the thread pool, and then behind that of the tests.</summary>
    private static async Task LetOthersRunAsync()
    {
        await Task.Factory.StartNew(static () => { }, Token, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
        await Task.Yield();
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        Gate.Dispose();
        Simulator.Dispose();
    }
}
