using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>The service, over a socket, and the folder of the journal that all processes of a test share.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ImaSimulatorServer _server;

    private Shop(ImaSimulatorServer server) => _server = server;

    public ImaSimulator Simulator => _server.Simulator;

    public string Address => _server.Address.AbsoluteUri;

    public string Folder => _folder.FullName;

    public static async Task<Shop> OpenAsync(ImaSimulator simulator) =>
        new(await ImaSimulatorServer.StartAsync(simulator, cancellationToken: TestContext.Current.CancellationToken));

    public static IEnumerable<string> Keys(string prefix, int count) => Enumerable.Range(1, count).Select(number => $"{prefix}-{number}");

    public Task<WorkerProcess> BuyAsync(string? stop = null) =>
        WorkerProcess.StartAsync(stop is null ? ["buy", Address, Folder] : ["buy", Address, Folder, stop]);

    /// <summary>The ids of what was charged, by operation key.</summary>
    public ILookup<string, string> Charges()
    {
        var charges = Simulator.Charges;
        Assert.All(charges, charge => Assert.StartsWith("picture ", charge.Prompt, StringComparison.Ordinal));
        return charges.ToLookup(charge => charge.Prompt["picture ".Length..], charge => charge.TaskId);
    }

    /// <summary>What the journal holds of each key, null where it is nothing.</summary>
    public async Task<IReadOnlyDictionary<string, JournalEntry?>> EntriesAsync(IEnumerable<string> keys)
    {
        var journal = new FileTaskJournal(Folder);
        var entries = new Dictionary<string, JournalEntry?>();
        foreach (var key in keys)
        {
            entries.Add(key, await journal.FindAsync(key, TestContext.Current.CancellationToken));
        }

        return entries;
    }

    /// <summary>
    /// An hour passes by the clock of the folder, which is the only one that says how old a claim is: all that is in the files,
    /// and when they were written, moves an hour back.
    /// </summary>
    public async Task LetAnHourPassAsync()
    {
        var hour = TimeSpan.FromHours(1);
        foreach (var path in Directory.EnumerateFiles(Folder))
        {
            var writtenAt = File.GetLastWriteTimeUtc(path);
            if (JournalEntry.TryParse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), out var entry))
            {
                await File.WriteAllTextAsync(path, (entry with { ClaimedAt = entry.ClaimedAt - hour }).ToJson(), TestContext.Current.CancellationToken);
            }

            File.SetLastWriteTimeUtc(path, writtenAt - hour);
        }
    }

    /// <summary>A process that resumes what the journal holds.</summary>
    /// <returns>What it reports, by operation key.</returns>
    public async Task<IReadOnlyDictionary<string, Outcome>> ContinueAsync()
    {
        await using var worker = await WorkerProcess.StartAsync("continue", Address, Folder);
        return (await worker.EndAsync()).ToDictionary(outcome => outcome.Key);
    }

    /// <summary>A process that orders the same again.</summary>
    /// <returns>What it reports, by operation key.</returns>
    public async Task<IReadOnlyDictionary<string, Outcome>> OrderAgainAsync(IEnumerable<string> prefixes, int count)
    {
        await using var worker = await WorkerProcess.StartAsync("resume", Address, Folder);
        foreach (var prefix in prefixes)
        {
            await worker.OrderAsync(prefix, count);
        }

        return (await worker.EndAsync()).ToDictionary(outcome => outcome.Key);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
