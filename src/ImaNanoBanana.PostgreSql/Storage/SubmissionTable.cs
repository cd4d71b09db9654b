using Npgsql;

namespace ImaNanoBanana.Storage;

/// <summary>The statements of the journal. Pure, except for reading rows.</summary>
/// <param name="schema">The schema, as an identifier in SQL.</param>
/// <param name="registration">The registration of the journal.</param>
internal sealed class SubmissionTable(string schema, string registration)
{
    public const int PageSize = 1000;

    private const string Columns = "entry, claimed_at, registration";
    private const string IsKey = "registration = $1 and idempotency_key = $2 and claim_id = $3";

    public string Registration => registration;

    public string Find { get; } = $"select {Columns} from {schema}.submissions where registration = $1 and idempotency_key = $2";

    public string Add { get; } = $"""
        insert into {schema}.submissions (registration, idempotency_key, claim_id, state, claimed_at, entry, changed_at)
        values ($1, $2, $3, $4, $5, $6, clock_timestamp())
        on conflict do nothing
        """;

    /// <summary>
    /// A write that was repeated during an outage can arrive after a later one: it never turns a finished submission into an open one.
    /// </summary>
    public string Update { get; } = $"""
        update {schema}.submissions
        set state = $4, claimed_at = $5, entry = $6, changed_at = clock_timestamp()
        where {IsKey} and ($4 >= state or least($4, state) >= 3)
        """;

    public string Renew { get; } = $"update {schema}.submissions set claimed_at = clock_timestamp() where {IsKey} and state = 0";

    public string Remove { get; } = $"delete from {schema}.submissions where {IsKey}";

    /// <summary>Returns true also for an entry that does not exist: no one watches it.</summary>
    public string Watch { get; } = $"""
        with taken as (
            update {schema}.submissions
            set watcher = case when $5 > interval '0' then $4 end, watched_until = clock_timestamp() + $5
            where {IsKey} and (watcher is null or watcher = $4 or watched_until <= clock_timestamp())
            returning 1)
        select exists (select from taken) or not exists (select from {schema}.submissions where {IsKey})
        """;

    /// <summary>In parts, so that the number of finished entries does not matter for the others.</summary>
    public string RemoveOld { get; } = $"""
        delete from {schema}.submissions where ctid in (
            select ctid from {schema}.submissions
            where registration = $1 and state >= 3 and changed_at < clock_timestamp() - $2 limit {PageSize})
        """;

    public static TaskJournalEntry Read(NpgsqlDataReader row)
    {
        var (text, claimedAt, registration) = (row.GetString(0), row.GetDateTime(1), row.GetString(2));
        return TaskJournalEntry.TryFromJson(text, out var entry)
            ? entry with { ClaimedAt = new DateTimeOffset(claimedAt, TimeSpan.Zero), Registration = registration }
            : throw new InvalidDataException("An entry of the journal cannot be read. It may be from a later version of the package.");
    }

    public static async Task<TaskJournalEntry?> ReadOneAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? Read(reader) : null;

    public static async Task<IReadOnlyList<TaskJournalEntry>> ReadAllAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var entries = new List<TaskJournalEntry>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            entries.Add(Read(reader));
        }

        return entries;
    }

    public IReadOnlyList<object?> Key(TaskJournalEntry entry) => [registration, entry.IdempotencyKey, entry.ClaimId];

    public IReadOnlyList<object?> Values(TaskJournalEntry entry) =>
        [.. Key(entry), (short)entry.State, entry.ClaimedAt, (entry with { Registration = registration }).ToJson()];

    /// <summary>Each kind of list has the statement for which there is an index.</summary>
    public string List(TaskJournalFilter filter)
    {
        const string Page = "and (claimed_at, idempotency_key) > ($2, $3) order by claimed_at, idempotency_key limit $4";
        var open = $"select {Columns}, idempotency_key from {schema}.submissions where registration = $1";
        if (filter.FinishedSince is not { } since)
        {
            return $"{open} and state < 3 {Page}";
        }

        return since == DateTimeOffset.MinValue
            ? $"{open} {Page}"
            : $"""
                select * from (
                    ({open} and state < 3 {Page})
                    union all
                    ({open} and state >= 3 and changed_at >= $5 {Page})) entries
                order by claimed_at, idempotency_key limit $4
                """;
    }

    public IReadOnlyList<object?> ListValues(TaskJournalFilter filter, TaskJournalEntry? after, int count)
    {
        object?[] page =
        [
            filter.Registration ?? registration,
            after?.ClaimedAt ?? DateTimeOffset.MinValue,
            after?.IdempotencyKey ?? "",
            count,
        ];
        return filter.FinishedSince is { } since && since > DateTimeOffset.MinValue ? [.. page, since] : page;
    }
}
