using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.AotSmoke;

/// <summary>A client with its own simulator, whose clock moves as fast as the client sets its timers.</summary>
internal sealed class Shop : IDisposable
{
    /// <summary>Longer than any delay in these checks and shorter than the deadlines of the client.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(14);

    private readonly ImaImageClient _client;

    public Shop(ITaskJournal? journal = null, CreditBudget? budget = null)
    {
        Simulator = new ImaSimulator(Time);
        _client = new ImaImageClient(new ImaNanoBananaOptions { ApiKey = "ima_smoke_key" }, new ImaImageClientServices
        {
            PrimaryHandler = Simulator,
            TimeProvider = Time,
            Journal = journal,
            Budget = budget,
        });
    }

    public TestTimeProvider Time { get; } = new();

    public ImaSimulator Simulator { get; }

    public IImaImageClient Client => _client;

    public ITaskJournal Journal => _client.Journal;

    /// <summary>The prompts and prices of the charged tasks, so that a check can verify that nothing else was charged.</summary>
    public string Submitted =>
        string.Join(", ", Simulator.Charges.Select(charge => FormattableString.Invariant($"{charge.Prompt} {charge.Credits}")));

    public async Task<T> RunAsync<T>(Task<T> work)
    {
        await Time.RunAsync(work, LongestDelay);
        return await work;
    }

    public Task<List<T>> RunAsync<T>(IAsyncEnumerable<T> items)
    {
        return RunAsync(AllAsync());

        async Task<List<T>> AllAsync()
        {
            var list = new List<T>();
            await foreach (var item in items)
            {
                list.Add(item);
            }

            return list;
        }
    }

    public void Dispose()
    {
        Expect.Equal($"", $"{string.Join(", ", Simulator.Violations)}");
        Expect.Equal($"", $"{string.Join(", ", Simulator.Differences)}");
        _client.Dispose();
        Simulator.Dispose();
    }
}
