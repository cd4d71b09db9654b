using System.Diagnostics;
using System.Threading.Channels;
using ImaNanoBanana.PostgreSql.Tests.Database;
using ImaNanoBanana.Testing;
using Npgsql;

namespace ImaNanoBanana.PostgreSql.Tests.Worker;

/// <summary>A database, a simulator, a folder and workers.</summary>
internal sealed class WorkerStage : IAsyncDisposable
{
    /// <summary>A timeout for a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];
    private readonly List<WorkerProgram> _workers = [];
    private readonly Dictionary<string, string> _environment;
    private readonly NpgsqlDataSource _database;
    private readonly ImaSimulatorServer _server;

    private WorkerStage(string connectionString, ImaSimulatorServer server)
    {
        _server = server;

        // Without a pool, an outage of the database leaves no broken connection behind.
        _database = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        _environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Images"] = connectionString,
            ["Worker__Simulator"] = server.Address.AbsoluteUri,
            ["Worker__Folder"] = Folder,
            ["Worker__Concurrency"] = "16",
            ["Worker__RetryDelay"] = "00:00:02",
            ["ImaNanoBanana__RequestsPerSecond"] = "100",

            // A key that a killed process was submitting has an unknown outcome after the sum of both and 4 s.
            ["ImaNanoBanana__CreateTimeout"] = "00:00:10",
            ["ImaNanoBanana__CancellationGrace"] = "00:00:01",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            ["DOTNET_TieredPGO"] = "0",
        };
    }

    public ImaSimulator Simulator => _server.Simulator;

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "ima-worker-" + Guid.NewGuid().ToString("N"));

    public IReadOnlyList<string> Seen => _seen;

    public IReadOnlyList<WorkerProgram> Workers => _workers;

    public static async Task<WorkerStage> CreateAsync(PostgresServer postgres)
    {
        var simulator = new ImaSimulator { ProcessingTime = TimeSpan.FromSeconds(3) };
        return new WorkerStage(await postgres.CreateDatabaseAsync(), await ImaSimulatorServer.StartAsync(simulator));
    }

    public async Task<WorkerProgram> StartWorkerAsync(params (string Name, string Value)[] settings)
    {
        var worker = await WorkerProgram.StartAsync(With(settings), _lines.Writer);
        _workers.Add(worker);
        return worker;
    }

    public Task<(int ExitCode, string Output, string Errors)> RunAsync(string input, params string[] words) => RunAsync(input, [], words);

    public Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string input, (string Name, string Value)[] settings, params string[] words) =>
        WorkerProgram.RunAsync(With(settings), input, words);

    /// <summary>Enqueues requests with the keys job-1 to job-COUNT.</summary>
    public async Task EnqueueAsync(int count)
    {
        var lines = Enumerable.Range(1, count).Select(Request);
        Assert.Equal((0, $"{count} enqueued, 0 refused\n", ""), await RunAsync(string.Join('\n', lines), "enqueue", "-"));
    }

    public static string Request(int number) =>
        $$"""{"v":1,"prompt":"picture {{number}}","size":"512px","idempotency_key":"job-{{number}}"}""";

    /// <summary>Looks after each printed line whether a condition is fulfilled.</summary>
    public async Task WaitAsync(Func<Task<bool>> isFulfilled)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        while (!await isFulfilled())
        {
            try
            {
                _seen.Add(await _lines.Reader.ReadAsync(deadline.Token));
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"The workers said only:\n{string.Join('\n', _seen)}", exception);
            }
        }
    }

    /// <summary>Waits until the workers have reported a number of saved images.</summary>
    public Task WaitForSavedAsync(int count) => WaitAsync(
        () => Task.FromResult(_seen.Count(line => line.Contains(" is saved as ", StringComparison.Ordinal)) >= count));

    /// <summary>Waits until all jobs are saved, failed or parked.</summary>
    /// <returns>When the last one was saved. A parked one may follow later.</returns>
    public async Task<TimeSpan> WaitForAllAsync(int count, Stopwatch? clock = null)
    {
        var (lastSaved, taken) = (0, TimeSpan.Zero);
        await WaitAsync(async () =>
        {
            var saved = (await KeysAsync("state = 'saved'")).Count;
            (lastSaved, taken) = (saved, saved > lastSaved ? clock?.Elapsed ?? taken : taken);
            return saved + (await KeysAsync("state in ('failed', 'parked')")).Count == count;
        });
        return taken;
    }

    public async Task<IReadOnlySet<string>> KeysAsync(string condition)
    {
        await using var command = _database.CreateCommand($"select key from image_jobs where {condition}");
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var keys = new HashSet<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            keys.Add(rows.GetString(0));
        }

        return keys;
    }

    /// <summary>Stops a worker that ends a job and waits for the lock of its rows, and then gives it the lock.</summary>
    public async Task StopWhileAJobEndsAsync(WorkerProgram worker)
    {
        await using var connection = await _database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select from qrtz_fired_triggers for update";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        command.CommandText =
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')";
        while (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is not true)
        {
            // Statistics do not change within a transaction unless they are read again.
            await using var again = new NpgsqlCommand("select pg_stat_clear_snapshot()", connection);
            await again.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await worker.SignalAsync("STOP");
    }

    public Task<IReadOnlySet<string>> HeldByAsync(WorkerProgram worker) => KeysAsync($"state = 'running' and worker = '{worker.Name}'");

    /// <returns>The worker that runs the most jobs.</returns>
    public async Task<WorkerProgram> BusiestAsync()
    {
        var held = new List<(WorkerProgram Worker, int Count)>();
        foreach (var worker in _workers)
        {
            held.Add((worker, (await HeldByAsync(worker)).Count));
        }

        return held.MaxBy(item => item.Count).Worker;
    }

    /// <summary>
    /// Checks that nothing was charged twice, and that each job has its image or, if its submission was cut off, is parked.
    /// </summary>
    /// <param name="count">The number of jobs.</param>
    /// <param name="cutOff">The keys that a killed process may have been submitting.</param>
    /// <returns>The number of parked jobs.</returns>
    public async Task<int> CheckAsync(int count, IReadOnlySet<string>? cutOff = null)
    {
        var (saved, parked) = (await KeysAsync("state = 'saved'"), await KeysAsync("state = 'parked' and reason like 'OutcomeUnknown%'"));
        Assert.Equal(count, saved.Count + parked.Count);
        Assert.Subset((cutOff ?? new HashSet<string>()).ToHashSet(), parked.ToHashSet());

        var charged = Simulator.Charges.Select(charge => charge.Prompt).ToList();
        Assert.Equal(charged.Distinct(), charged);
        Assert.Subset(charged.ToHashSet(), saved.Select(key => key.Replace("job-", "picture ", StringComparison.Ordinal)).ToHashSet());
        Assert.InRange(charged.Count, saved.Count, count);

        var files = Directory.GetFiles(Folder, "job-*").Select(Path.GetFileNameWithoutExtension).Order();
        Assert.Equal(saved.Order(), files!);
        Assert.Empty(Simulator.Violations);
        Assert.Empty(Simulator.Differences);
        return parked.Count;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        await _database.DisposeAsync();
        await _server.DisposeAsync();
        Simulator.Dispose();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private Dictionary<string, string> With((string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>(_environment);
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return environment;
    }
}
