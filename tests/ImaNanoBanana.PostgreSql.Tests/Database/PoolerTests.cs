using ImaNanoBanana.Testing;
using Npgsql;

namespace ImaNanoBanana.PostgreSql.Tests.Database;

public class PoolerTests(PostgresServer server) : DatabaseTests(server)
{
    private const int Clients = 4;
    private const int Keys = 20;

    /// <summary>Ten images of 6 credits.</summary>
    private const decimal Budget = 60;

    [Fact]
    public async Task Journal_ledger_and_gate_work_through_a_pooler_in_transaction_mode()
    {
        await using var pooler = await Pooler.StartAsync(ConnectionString);
        await using var source = NpgsqlDataSource.Create(pooler.ConnectionString);
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        var clients = Enumerable.Range(0, Clients).Select(_ => Create(source, simulator)).ToList();

        await Parallel.ForEachAsync(
            clients.SelectMany(client => Enumerable.Range(0, Keys).Select(number => (Client: client, Key: $"order-{number}"))),
            new ParallelOptions { MaxDegreeOfParallelism = Clients * Keys, CancellationToken = Token },
            async (submission, _) => await SubmitAsync(submission.Client, submission.Key));
        Assert.InRange(simulator.Charges.Sum(charge => charge.Credits), 6, Budget);

        // Clients that tried the same key at the same time had reserved its credits several times for a moment.
        var ends = new List<ImaErrorKind?>();
        for (var number = 0; number < Keys; number++)
        {
            ends.Add(await SubmitAsync(clients[0], $"order-{number}"));
        }

        var delivered = new List<string>();
        foreach (var client in clients)
        {
            await foreach (var outcome in client.ResumeAsync(cancellationToken: Token))
            {
                Assert.Null(outcome.Error);
                delivered.Add(outcome.IdempotencyKey);
            }

            client.Dispose();
        }

        Assert.Equal(Budget, simulator.Charges.Sum(charge => charge.Credits));
        Assert.All(ends, end => Assert.True(end is null or ImaErrorKind.BudgetExceeded, $"{end}"));
        Assert.Equal(10, ends.Count(end => end is null));
        Assert.Equal(10, delivered.Count);
        Assert.Equal(10, delivered.Distinct().Count());
    }

    /// <returns>The kind of the error; null if there is a task.</returns>
    private static async Task<ImaErrorKind?> SubmitAsync(ImaImageClient client, string key)
    {
        try
        {
            await client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = key }, Token);
            return null;
        }
        catch (ImaException exception)
        {
            return exception.Kind;
        }
    }

    private static ImaImageClient Create(NpgsqlDataSource source, ImaSimulator simulator) =>
        new(
            new ImaNanoBananaOptions { ApiKey = "simulated-key" },
            new ImaImageClientServices
            {
                PrimaryHandler = new SharedHandler(simulator),
                Journal = new PostgreSqlTaskJournal(source),
                Budget = new CreditBudget(
                    new PostgreSqlCreditLedger(source, hasJournal: true), new CreditAccount("pooled", Budget)),
                RequestGate = new PostgreSqlRequestGate(source, "pooled", 200, 50),
            });

    /// <summary>A client disposes its handler, and this simulator has several clients.</summary>
    private sealed class SharedHandler(ImaSimulator simulator) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var invoker = new HttpMessageInvoker(simulator, disposeHandler: false);
            return await invoker.SendAsync(request, cancellationToken);
        }
    }
}
