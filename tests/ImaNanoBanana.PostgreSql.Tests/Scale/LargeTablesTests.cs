using System.Diagnostics;
using System.Globalization;
using ImaNanoBanana.PostgreSql.Tests.Database;
using ImaNanoBanana.Storage;
using ImaNanoBanana.Testing;
using Npgsql;

namespace ImaNanoBanana.PostgreSql.Tests.Scale;

/// <summary>
/// A journal with many finished entries: no statement reads them all, whatever the machine does meanwhile. The times are printed
/// (<c>-diagnostics</c>); IMA_LARGE_ROWS sets the number of entries.
/// </summary>
public class LargeTablesTests(PostgresServer server) : DatabaseTests(server)
{
    private const int Open = 1000;

    private static readonly int Finished =
        int.TryParse(Environment.GetEnvironmentVariable("IMA_LARGE_ROWS"), CultureInfo.InvariantCulture, out var rows) ? rows : 100_000;

    private readonly SubmissionTable _table = new("\"ima_nano_banana\"", "");

    [Fact]
    public async Task Finished_entries_cost_neither_lists_nor_claims()
    {
        var journal = new PostgreSqlTaskJournal(Source);
        await FillAsync(journal, Open);
        var now = (await journal.GetTimeAsync(Token))!.Value;
        var lastHour = new TaskJournalFilter { FinishedSince = now.AddHours(-1) };

        foreach (var filter in new[] { new TaskJournalFilter(), lastHour })
        {
            var plan = await PlanAsync(_table.List(filter), _table.ListValues(filter, null, SubmissionTable.PageSize));
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
            var name = filter == lastHour ? "open entries and those finished in the last hour" : "open entries";
            var lists = await MeasureAsync(5, async _ => Assert.Equal(Open, await journal.ListAsync(filter, Token).CountAsync(Token)));
            Report($"{name}, first list", lists[0]);
            Report($"{name}, median of 5 lists", Median(lists));
        }

        var claims = await MeasureAsync(100, async number =>
        {
            var claim = new TaskJournalEntry($"new-{number}", "hash") { ClaimId = $"new-{number}", ClaimedAt = now };
            Assert.Null(await journal.ClaimAsync(claim, Token));
        });
        Report("claim, median of 100", Median(claims));
    }

    [Fact]
    public async Task Client_resumes_and_submits_on_a_large_journal()
    {
        await FillAsync(new PostgreSqlTaskJournal(Source), open: 0);
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        using var client = new ImaImageClient(
            new ImaNanoBananaOptions { ApiKey = "simulated-key" },
            new ImaImageClientServices { PrimaryHandler = simulator, Journal = new PostgreSqlTaskJournal(Source) });

        var start = await MeasureAsync(1, async _ =>
        {
            Assert.Equal(0, await client.ResumeAsync(cancellationToken: Token).CountAsync(Token));
            await client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = "order-1" }, Token);
        });

        Report("first resume and first submission", start[0]);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, long.MinValue, 20_000_000);
    }

    private static void Report(string what, double milliseconds) => TestContext.Current.SendDiagnosticMessage(
        string.Create(CultureInfo.InvariantCulture, $"{Finished:N0} finished entries: {what}: {milliseconds:0.0} ms"));

    private static double Median(IReadOnlyList<double> milliseconds) => milliseconds.Order().ElementAt(milliseconds.Count / 2);

    /// <returns>The time of each, in milliseconds.</returns>
    private static async Task<IReadOnlyList<double>> MeasureAsync(int count, Func<int, Task> work)
    {
        var times = new List<double>();
        for (var number = 0; number < count; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await work(number);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }

    private async Task FillAsync(PostgreSqlTaskJournal journal, int open)
    {
        await journal.GetTimeAsync(Token);
        var entry = (new TaskJournalEntry("KEY", new string('A', 64))
        {
            State = TaskJournalState.Accepted,
            Task = new ImageTask("task_1") { Model = ImageModel.NanoBanana2, CreditsPerImage = 6, Count = 1 },
        }).ToJson();
        await using var fill = Source.CreateCommand($"""
            insert into ima_nano_banana.submissions (registration, idempotency_key, claim_id, state, claimed_at, changed_at, entry)
            select '', 'key-' || n, 'claim-' || n, case when n <= {open} then 2 else 3 end,
                now() - n * interval '10 s', now() - interval '2 hours' - n * interval '10 s', replace($1, 'KEY', 'key-' || n)
            from generate_series(1, {Finished + open}) n
            """);
        fill.Parameters.Add(new NpgsqlParameter<string> { TypedValue = entry });
        fill.CommandTimeout = 600;
        await fill.ExecuteNonQueryAsync(Token);
        await using var analyze = Source.CreateCommand("analyze ima_nano_banana.submissions");
        analyze.CommandTimeout = 600;
        await analyze.ExecuteNonQueryAsync(Token);
    }

    private async Task<string> PlanAsync(string sql, IReadOnlyList<object?> values)
    {
        await using var command = Source.CreateCommand("explain " + sql);
        PostgreSqlCommands.AddValues(command.Parameters, values);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var plan = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            plan.Add(reader.GetString(0));
        }

        return string.Join('\n', plan);
    }
}
