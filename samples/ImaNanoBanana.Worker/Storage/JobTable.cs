using Npgsql;

namespace ImaNanoBanana.Worker.Storage;

/// <summary>
/// What became of each job, for people who ask. Nothing is decided by this table except that a saved job has nothing left to do: whether
/// a key is known is decided by Quartz, which stores it together with its first trigger, and whether it was submitted by the journal.
/// </summary>
internal sealed class JobTable(NpgsqlDataSource database)
{
    private const string Create = """
        select pg_advisory_xact_lock(4711001);
        create table if not exists image_jobs (
            key text primary key,
            state text not null,
            reason text,
            worker text,
            changed_at timestamptz not null default clock_timestamp());
        """;

    private const string Add = "insert into image_jobs (key, state) values ($1, 'waiting') on conflict do nothing";

    /// <summary>A saved job stays saved, also if a process that seemed dead runs it as well.</summary>
    private const string Set = """
        insert into image_jobs as job (key, state, reason, worker) values ($1, $2, $3, $4)
        on conflict (key) do update
            set state = excluded.state, reason = excluded.reason, worker = excluded.worker, changed_at = clock_timestamp()
            where job.state <> 'saved'
        """;

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        // Two processes that start at the same time would both try to create it.
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Create, connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task AddAsync(string key, CancellationToken cancellationToken) => ExecuteAsync(Add, [key], cancellationToken);

    /// <returns>False if the job is already saved.</returns>
    public async Task<bool> SetAsync(string key, JobState state, string? reason, CancellationToken cancellationToken) =>
        await ExecuteAsync(Set, [key, Word(state), reason, $"{Environment.MachineName}:{Environment.ProcessId}"], cancellationToken) > 0;

    /// <returns>Null if the key is not known.</returns>
    public async Task<JobState?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select state from image_jobs where key = $1");
        command.Parameters.AddWithValue(key);
        return await command.ExecuteScalarAsync(cancellationToken) is string word ? Enum.Parse<JobState>(word, ignoreCase: true) : null;
    }

    public async Task<IReadOnlyDictionary<JobState, long>> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select state, count(*) from image_jobs group by state");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var counts = Enum.GetValues<JobState>().ToDictionary(state => state, _ => 0L);
        while (await rows.ReadAsync(cancellationToken))
        {
            counts[Enum.Parse<JobState>(rows.GetString(0), ignoreCase: true)] = rows.GetInt64(1);
        }

        return counts;
    }

    /// <returns>The jobs of a state that have a reason, the latest first, 100 at most.</returns>
    public async Task<IReadOnlyList<(string Key, string Reason)>> ListAsync(JobState state, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select key, reason from image_jobs where state = $1 and reason is not null order by changed_at desc limit 100");
        command.Parameters.AddWithValue(Word(state));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var jobs = new List<(string Key, string Reason)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            jobs.Add((rows.GetString(0), rows.GetString(1)));
        }

        return jobs;
    }

    private static string Word(JobState state) => state.ToString().ToLowerInvariant();

    private async Task<int> ExecuteAsync(string sql, string?[] values, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
