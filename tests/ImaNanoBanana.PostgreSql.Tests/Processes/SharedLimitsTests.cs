using ImaNanoBanana.IntegrationTests.Journal;
using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.PostgreSql.Tests.Database;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.PostgreSql.Tests.Processes;

/// <summary>
/// Processes that share a database: what all of them together spend, send and deliver. An image of 512 px costs 4 credits.
/// </summary>
public class SharedLimitsTests(PostgresServer server) : DatabaseTests(server)
{
    private const int Price = 4;

    [Fact]
    public async Task Three_processes_with_a_budget_of_60_spend_60()
    {
        await using var service = await ServeAsync(new ImaSimulator { ProcessingTime = TimeSpan.Zero });
        var workers = await StartAsync(3, service, "IMA_WORKER_BUDGET", "60");

        foreach (var (worker, number) in workers.Select((worker, number) => (worker, number)))
        {
            await worker.SubmitAsync($"p{number}", 20);
        }

        var outcomes = new List<Outcome>();
        foreach (var worker in workers)
        {
            outcomes.AddRange(await worker.NextAsync(20, Outcome.Parse));
        }

        Assert.Equal(60, service.Simulator.Charges.Sum(charge => charge.Credits));
        Assert.Equal(60 / Price, outcomes.Count(outcome => outcome.Images == 1));
        Assert.Equal(60 - (60 / Price), outcomes.Count(outcome => outcome.Error == nameof(ImaErrorKind.BudgetExceeded)));
        var usage = await new PostgreSqlCreditLedger(Source, hasJournal: true).GetUsageAsync(new CreditAccount("test", 60), Token);
        Assert.Equal(new CreditUsage(60, 0, 0), usage);
        await EndAsync(workers);
    }

    /// <summary>50 images in each of three processes; 10 requests per second with a burst of 5 for all of them.</summary>
    [Fact]
    public async Task Three_processes_never_send_more_than_their_common_rate()
    {
        await using var service = await ServeAsync(new ImaSimulator { ProcessingTime = TimeSpan.Zero });
        await AuditTurnsAsync();
        var workers = await StartAsync(3, service, "IMA_WORKER_RATE", "10");

        foreach (var (worker, number) in workers.Select((worker, number) => (worker, number)))
        {
            await worker.SubmitAsync($"p{number}", 20);
        }

        foreach (var worker in workers)
        {
            Assert.All(await worker.NextAsync(20, Outcome.Parse), outcome => Assert.Equal(1, outcome.Images));
        }

        var traffic = service.Simulator.Traffic;
        var mostTurns = await ScalarAsync<long>(
            """
            select max(n) from (
                select (select count(*) from turns b where b.at >= a.at and b.at < a.at + interval '1 s') n from turns a) windows
            """);
        TestContext.Current.SendDiagnosticMessage(
            $"{traffic.Requests} requests; in a second at most {mostTurns} turns and {traffic.PeakPerSecond} arrivals");
        Assert.InRange(mostTurns, 1, 15);
        Assert.Equal(traffic.Requests, await ScalarAsync<long>("select count(*) from turns"));
        await EndAsync(workers);
    }

    [Fact]
    public async Task Four_processes_that_resume_deliver_20_of_20_once()
    {
        var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var service = await ServeAsync(simulator);
        var submitting = new ImaImageClient(
            new ImaNanoBananaOptions { ApiKey = "simulated-key", RequestsPerSecond = null },
            new ImaImageClientServices
            {
                PrimaryHandler = new ImaSimulatorProxy(service.Address),
                Journal = new PostgreSqlTaskJournal(Source),
            });
        using (submitting)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(number => submitting.SubmitAsync(
                new ImageRequest("a puppy") { IdempotencyKey = $"order-{number:00}" }, Token)));
        }

        await using var first = await WorkerProcess.StartAsync("continue", service.Address.AbsoluteUri, ConnectionString, "", "0");
        await using var second = await WorkerProcess.StartAsync("continue", service.Address.AbsoluteUri, ConnectionString, "", "24");
        await using var third = await WorkerProcess.StartAsync("continue", service.Address.AbsoluteUri, ConnectionString, "", "-24");
        await using var fourth = await WorkerProcess.StartAsync("continue", service.Address.AbsoluteUri, ConnectionString, "", "0");
        List<Outcome> delivered =
            [.. await first.EndAsync(), .. await second.EndAsync(), .. await third.EndAsync(), .. await fourth.EndAsync()];

        Assert.Equal(
            Enumerable.Range(0, 20).Select(number => $"order-{number:00}"),
            delivered.Select(outcome => outcome.Key).Order(StringComparer.Ordinal));
        Assert.All(delivered, outcome => Assert.Equal(1, outcome.Images));
        Assert.Equal(20, simulator.Charges.Count);
    }

    /// <summary>Records the time of each turn that the gate gives, so that a busy machine does not blur it.</summary>
    private async Task AuditTurnsAsync()
    {
        using var gate = new PostgreSqlRequestGate(Source, "other", 1, 1);
        await gate.WaitAsync(ImaRequestKind.Poll, Token);
        await using var command = Source.CreateCommand("""
            create table turns (at timestamptz);
            create function audit() returns trigger language plpgsql as
                'begin if new.next > old.next then insert into turns values (clock_timestamp()); end if; return new; end';
            create trigger audit after update on ima_nano_banana.request_rates for each row execute function audit();
            """);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static Task<ImaSimulatorServer> ServeAsync(ImaSimulator simulator) =>
        ImaSimulatorServer.StartAsync(simulator, cancellationToken: Token);

    private async Task<IReadOnlyList<WorkerProcess>> StartAsync(int count, ImaSimulatorServer service, string variable, string value)
    {
        var environment = new Dictionary<string, string> { [variable] = value };
        var starting = Enumerable.Range(0, count).Select(_ => WorkerProcess.StartWithAsync(
            [], environment, "resume", service.Address.AbsoluteUri, ConnectionString, "", "0"));
        return await Task.WhenAll(starting);
    }

    private static async Task EndAsync(IReadOnlyList<WorkerProcess> workers)
    {
        foreach (var worker in workers)
        {
            await worker.EndAsync();
            await worker.DisposeAsync();
        }
    }
}
