using Npgsql;

namespace ImaNanoBanana.Storage;

/// <summary>
/// The statements of a request rate. <c>next</c> is when the next request may be sent if no burst is left; a burst lets requests be
/// sent earlier.
/// </summary>
/// <param name="schema">The schema, as an identifier in SQL.</param>
/// <param name="name">The name of the rate.</param>
/// <param name="interval">The time between two requests at the full rate, in seconds.</param>
/// <param name="burst">The number of requests that may be sent at once.</param>
internal sealed class RateTable(string schema, string name, double interval, int burst)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>15 s without a 429 double a halved rate; at most four halvings.</summary>
    private const string Halvings =
        "greatest(0, halvings - floor(greatest(0, extract(epoch from clock_timestamp() - slow_since)) / 15))::int";

    private const string Step = $"make_interval(secs => $2 * power(2, {Halvings}))";
    private const string Slower = $"case when slow_since <= clock_timestamp() then least(4, {Halvings} + 1) else halvings end";
    private const string Due = "greatest(next, clock_timestamp())";
    private const string Wait = $"greatest({Due} - ($3 - 1) * {Step} - clock_timestamp(), interval '0')";

    public IReadOnlyList<object?> Key => [name];

    public IReadOnlyList<object?> Values => [name, interval, burst];

    public string Add { get; } = $"""
        insert into {schema}.request_rates (name, next, slow_since, halvings, creates_until)
        values ($1, clock_timestamp(), clock_timestamp(), 0, clock_timestamp())
        on conflict do nothing returning 1
        """;

    /// <summary>
    /// Takes a turn that has come. A turn is never taken before its time: a process that is stopped for a while would use all its turns
    /// at once afterwards. Without precedence, no turn is taken while a create request waits.
    /// </summary>
    public string Take { get; } = $"""
        update {schema}.request_rates set next = {Due} + {Step}
        where name = $1 and {Wait} <= interval '0' and ($4 or creates_until <= clock_timestamp())
        returning 1
        """;

    /// <summary>When to look again.</summary>
    public string Next { get; } = $"select {Wait} from {schema}.request_rates where name = $1";

    /// <summary>When to look again. Until a little later, requests without precedence wait.</summary>
    public string NextForCreate { get; } = $"""
        update {schema}.request_rates set creates_until = clock_timestamp() + least({Wait}, interval '10 s') + interval '200 ms'
        where name = $1
        returning {Wait}
        """;

    /// <summary>
    /// Requests that were in progress together are rejected together. That is one reason to slow down, not several. One request is sent
    /// after the pause, to test whether the service accepts it.
    /// </summary>
    public string SlowDown { get; } = $"""
        update {schema}.request_rates set
            halvings = {Slower},
            slow_since = clock_timestamp() + $4,
            next = greatest(next, clock_timestamp() + $4 + ($3 - 1) * make_interval(secs => $2 * power(2, {Slower})))
        where name = $1
        """;

    /// <summary>The pause after a 429: what the service asks for, from 1 s to 60 s.</summary>
    public static TimeSpan Pause(TimeSpan? retryAfter)
    {
        var asked = retryAfter ?? ShortestPause;
        return TimeSpan.FromTicks(Math.Clamp(asked.Ticks, ShortestPause.Ticks, LongestPause.Ticks));
    }

    public static async Task<TimeSpan?> ReadWaitAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetTimeSpan(0) : null;
}
