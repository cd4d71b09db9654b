using System.Data.Common;
using ImaNanoBanana.Storage;
using Npgsql;

namespace ImaNanoBanana;

/// <summary>
/// Limits the request rate of all machines that share a PostgreSQL database: a token bucket in one row, which fills by the clock of the
/// database. When the service responds with 429, all of them pause, and then continue at half the rate until there was no 429 for a
/// while.
/// </summary>
/// <remarks>
/// Thread-safe. Create requests reserve the next turn. Other requests take a turn only when it has come, and after 5 s of waiting reserve
/// one as well, so that they always get one.
/// </remarks>
public sealed class PostgreSqlRequestGate : IRequestGate, IDisposable
{
    /// <summary>5 s: a request that is not a create request reserves its turn after this time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(20);

    private readonly PostgreSqlStore _store;
    private readonly RateTable _table;
    private readonly SemaphoreSlim _line = new(1);

    /// <summary>Initializes a gate.</summary>
    /// <param name="dataSource">The database. The gate does not dispose it.</param>
    /// <param name="name">The name of the rate: all gates with this name in the schema share it.</param>
    /// <param name="requestsPerSecond">The rate; null for no limit except after a 429.</param>
    /// <param name="burst">The number of requests that may be sent at once after an idle time; at least 1.</param>
    /// <param name="options">The schema; null for the defaults.</param>
    /// <param name="timeProvider">The clock for waits; null for the system clock.</param>
    /// <exception cref="ArgumentNullException"><paramref name="dataSource"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="requestsPerSecond"/> is not greater than zero, or
    /// <paramref name="burst"/> is less than 1.</exception>
    public PostgreSqlRequestGate(
        NpgsqlDataSource dataSource,
        string name,
        double? requestsPerSecond,
        int burst,
        PostgreSqlOptions? options = null,
        TimeProvider? timeProvider = null)
        : this(PostgreSqlStore.Create(dataSource, options, timeProvider), name, requestsPerSecond, burst)
    {
    }

    internal PostgreSqlRequestGate(PostgreSqlStore store, string name, double? requestsPerSecond, int burst)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requestsPerSecond ?? 1, nameof(requestsPerSecond));
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        _store = store;
        _table = new RateTable(store.Schema, name, requestsPerSecond is { } rate ? 1 / rate : 0, burst);
    }

    /// <summary>The report of the last 429. Only tests wait for it.</summary>
    internal Task Reporting { get; private set; } = Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask WaitAsync(ImaRequestKind kind, CancellationToken cancellationToken = default)
    {
        if (kind == ImaRequestKind.Create)
        {
            var wait = await AskAsync(reserves: true, cancellationToken).ConfigureAwait(false);
            await Task.Delay(wait ?? TimeSpan.Zero, _store.Time, cancellationToken).ConfigureAwait(false);
            return;
        }

        // One request of this process asks at a time: the others cannot be earlier.
        await _line.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _line.Release();
        }
    }

    /// <inheritdoc/>
    public void SlowDown(TimeSpan? retryAfter) => Reporting = Task.Run(() => ReportAsync(retryAfter));

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        var start = _store.Time.GetTimestamp();
        while (true)
        {
            var reserves = _store.Time.GetElapsedTime(start) >= Patience;
            if (await AskAsync(reserves, cancellationToken).ConfigureAwait(false) is { } wait)
            {
                await Task.Delay(wait, _store.Time, cancellationToken).ConfigureAwait(false);
                return;
            }

            var next = await _store.QueryAsync(_table.Next, _table.Values, RateTable.ReadWaitAsync, cancellationToken).ConfigureAwait(false)
                ?? TimeSpan.Zero;
            var look = next < Patience ? next : Patience;
            await Task.Delay(look > ShortestLook ? look : ShortestLook, _store.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>How long to wait for the turn that was taken; null if none was taken.</returns>
    private async Task<TimeSpan?> AskAsync(bool reserves, CancellationToken cancellationToken)
    {
        var wait = await _store.QueryAsync(
            _table.Take, [.. _table.Values, reserves], RateTable.ReadWaitAsync, cancellationToken).ConfigureAwait(false);
        if (wait is not null || !await _store.ChangeAsync(_table.Add, _table.Key, cancellationToken).ConfigureAwait(false))
        {
            return wait;
        }

        // The first request ever.
        return await AskAsync(reserves, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReportAsync(TimeSpan? retryAfter)
    {
        try
        {
            var pause = RateTable.Pause(retryAfter);
            await _store.ChangeAsync(_table.SlowDown, [.. _table.Values, pause], CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // The next 429 reports again.
        }
    }
}
