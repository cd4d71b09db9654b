using Npgsql;

namespace ImaNanoBanana.Worker.Storage;

/// <summary>
/// Compares the clock of this machine with that of the database. Quartz compares times of different machines: a worker whose clock is
/// wrong takes jobs from living workers, and no one takes over its own jobs until the other clocks have passed its last report.
/// </summary>
internal sealed class ClockCheck(NpgsqlDataSource database, WorkerSettings settings, TimeProvider time)
{
    /// <returns>A sentence if the clocks differ too much; otherwise null.</returns>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        var before = time.GetUtcNow();
        var there = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!, TimeSpan.Zero);
        var after = time.GetUtcNow();

        // The database answered at some time between the two. Only what is certain counts.
        var ahead = before - there;
        var behind = there - after;
        var difference = ahead > behind ? ahead : behind;
        return difference <= settings.MaxClockDifference
            ? null
            : $"The clock of this machine is {difference.TotalSeconds:0.0} s {(ahead > behind ? "ahead of" : "behind")} the clock of the "
                + $"database. Set it: workers must agree within {settings.MaxClockDifference.TotalSeconds:0} s.";
    }
}
