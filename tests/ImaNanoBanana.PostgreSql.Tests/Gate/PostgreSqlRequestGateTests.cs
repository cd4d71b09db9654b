using ImaNanoBanana.PostgreSql.Tests.Database;
using ImaNanoBanana.Storage;

namespace ImaNanoBanana.PostgreSql.Tests.Gate;

/// <summary>
/// The turns that the database gives, with intervals of 1,000 s: so long that it does not matter how busy the machine is. The tests move
/// the times in the row instead of waiting.
/// </summary>
public class PostgreSqlRequestGateTests(PostgresServer server) : DatabaseTests(server)
{
    private const int Interval = 1000;
    private const int Most = 10;

    [Fact]
    public async Task Burst_is_sent_at_once_and_then_one_request_in_each_interval()
    {
        var table = Table(burst: 3);

        Assert.Equal(3, await TakeAllAsync(table));
        Assert.Equal(1, await NextAsync(table));
        await PassAsync(seconds: Interval);
        Assert.Equal(1, await TakeAllAsync(table));
        await PassAsync(seconds: 2 * Interval);
        Assert.Equal(2, await TakeAllAsync(table));
    }

    [Fact]
    public async Task Idle_time_fills_the_burst_and_no_more()
    {
        var table = Table(burst: 2);
        await TakeAllAsync(table);
        await PassAsync(days: 10);

        Assert.Equal(2, await TakeAllAsync(table));
    }

    [Fact]
    public async Task Other_requests_wait_while_a_create_request_waits()
    {
        var table = Table(burst: 1);
        await TakeAllAsync(table);
        Assert.Equal(1, Intervals(await Store.QueryAsync(table.NextForCreate, table.Values, RateTable.ReadWaitAsync, Token)));
        await Store.ChangeAsync(
            "update ima_nano_banana.request_rates set next = clock_timestamp(), creates_until = clock_timestamp() + interval '1 hour'",
            [],
            Token);

        Assert.False(await TakeAsync(table, hasPrecedence: false));
        Assert.True(await TakeAsync(table, hasPrecedence: true));
        await PassAsync(days: 1);
        Assert.True(await TakeAsync(table, hasPrecedence: false));
    }

    /// <summary>429: a pause, then one request, then half the rate; several reports at once count once.</summary>
    [Fact]
    public async Task Requests_slow_down_together_after_429()
    {
        var table = Table(burst: 2);
        await TakeAsync(table, hasPrecedence: true);

        await SlowDownAsync(table);
        await SlowDownAsync(table);

        Assert.Equal(1, await HalvingsAsync());
        Assert.Equal(0, await TakeAllAsync(table));
        await PassAsync(seconds: 61);
        Assert.Equal(1, await TakeAllAsync(table));
        Assert.Equal(2, await NextAsync(table));
    }

    [Fact]
    public async Task Rate_recovers_after_15_s_without_429_for_each_halving()
    {
        var table = Table(burst: 1);
        await TakeAllAsync(table);
        await SlowDownAsync(table);
        await PassAsync(seconds: 61);
        await SlowDownAsync(table);
        Assert.Equal(2, await HalvingsAsync());
        await PassAsync(days: 1);

        Assert.Equal(1, await TakeAllAsync(table));
        Assert.Equal(1, await NextAsync(table));
    }

    [Fact]
    public async Task Rate_without_a_limit_pauses_only()
    {
        var table = new RateTable(Store.Schema, "test", interval: 0, burst: 1);
        Assert.Equal(Most, await TakeAllAsync(table));

        await SlowDownAsync(table);

        Assert.Equal(0, await TakeAllAsync(table));
        await PassAsync(seconds: 61);
        Assert.Equal(Most, await TakeAllAsync(table));
    }

    [Fact]
    public async Task Gate_creates_its_row_lets_the_burst_pass_and_reports_429()
    {
        using var gate = new PostgreSqlRequestGate(Source, "test", requestsPerSecond: 0.001, burst: 2);
        using var other = new PostgreSqlRequestGate(Source, "test", requestsPerSecond: 0.001, burst: 2);

        await gate.WaitAsync(ImaRequestKind.Create, Token);
        await other.WaitAsync(ImaRequestKind.Poll, Token);
        other.SlowDown(TimeSpan.FromMinutes(5));
        await other.Reporting;

        Assert.Equal(1, await HalvingsAsync());
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task[] waits =
        [
            gate.WaitAsync(ImaRequestKind.Create, cancel.Token).AsTask(), other.WaitAsync(ImaRequestKind.Poll, cancel.Token).AsTask(),
        ];
        await cancel.CancelAsync();
        foreach (var wait in waits)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        }
    }

    private PostgreSqlStore Store => PostgreSqlStore.Create(Source, null, null);

    private RateTable Table(int burst) => new(Store.Schema, "test", Interval, burst);

    /// <returns>How many requests got a turn at this moment.</returns>
    private async Task<int> TakeAllAsync(RateTable table)
    {
        await Store.ChangeAsync(table.Add, table.Key, Token);
        var count = 0;
        while (count < Most && await TakeAsync(table, hasPrecedence: true))
        {
            count++;
        }

        return count;
    }

    private async Task<bool> TakeAsync(RateTable table, bool hasPrecedence)
    {
        await Store.ChangeAsync(table.Add, table.Key, Token);
        return await Store.ChangeAsync(table.Take, [.. table.Values, hasPrecedence], Token);
    }

    private async Task<double?> NextAsync(RateTable table) =>
        Intervals(await Store.QueryAsync(table.Next, table.Values, RateTable.ReadWaitAsync, Token));

    private Task<bool> SlowDownAsync(RateTable table) =>
        Store.ChangeAsync(table.SlowDown, [.. table.Values, TimeSpan.FromSeconds(60)], Token);

    private Task<int> HalvingsAsync() => ScalarAsync<int>("select halvings from ima_nano_banana.request_rates");

    private Task<bool> PassAsync(int days = 0, int seconds = 0) => Store.ChangeAsync(
        "update ima_nano_banana.request_rates set next = next - $1, slow_since = slow_since - $1, "
            + "creates_until = creates_until - $1",
        [new TimeSpan(days, 0, 0, seconds)],
        Token);

    private static double? Intervals(TimeSpan? wait) => wait is { } length ? Math.Round(length.TotalSeconds / Interval) : null;
}
