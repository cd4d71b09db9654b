using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Storage;
using Npgsql;

namespace ImaNanoBanana;

/// <summary>
/// Limits the request rate of all machines that share a PostgreSQL database: a token bucket in one row, which fills by the clock of the
/// database. When the service responds with 429, all of them pause, and then continue at half the rate until there was no 429 for a
/// while.
/// </summary>
/// <remarks>
/// Thread-safe. While a create request waits anywhere, other requests let it go first; after 5 s of waiting they do so no longer, so that
/// they always get a turn.
/// </remarks>
public sealed class PostgreSqlRequestGate : IRequestGate, IDisposable
{
    /// <summary>5 s: a request that is not a create request lets create requests go first for this time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(20);

    private readonly PostgreSqlStore _store;
    private readonly RateTable _table;
    private readonly SemaphoreSlim _creates = new(1);
    private readonly SemaphoreSlim _others = new(1);

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
    [SuppressMessage("Reliability", "CA2000", Justification = "The store of a data source of the app holds nothing to dispose.")]
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
        // One request of each kind in this process asks at a time: the others cannot be earlier.
        var isCreate = kind == ImaRequestKind.Create;
        var line = isCreate ? _creates : _others;
        await line.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WaitForTurnAsync(isCreate, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            line.Release();
        }
    }

    /// <inheritdoc/>
    public void SlowDown(TimeSpan? retryAfter) => Reporting = Task.Run(() => ReportAsync(retryAfter));

    /// <inheritdoc/>
    public void Dispose()
    {
        _creates.Dispose();
        _others.Dispose();
    }

    private async Task WaitForTurnAsync(bool isCreate, CancellationToken cancellationToken)
    {
        var start = _store.Time.GetTimestamp();
        while (true)
        {
            var hasPrecedence = isCreate || _store.Time.GetElapsedTime(start) >= Patience;
            if (await _store.ChangeAsync(_table.Take, [.. _table.Values, hasPrecedence], cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            var next = await _store.QueryAsync(
                isCreate ? _table.NextForCreate : _table.Next, _table.Values, RateTable.ReadWaitAsync, cancellationToken)
                .ConfigureAwait(false);
            if (next is null)
            {
                // The first request ever.
                await _store.ChangeAsync(_table.Add, _table.Key, cancellationToken).ConfigureAwait(false);
                continue;
            }

            await Task.Delay(Look(next.Value), _store.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The next turn can come earlier than it seemed, and a create request that waited can be gone.</summary>
    private static TimeSpan Look(TimeSpan next)
    {
        if (next < ShortestLook)
        {
            return ShortestLook;
        }

        return next < Patience ? next : Patience;
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
