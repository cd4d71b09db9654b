using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ImaNanoBanana.Studio.Storage;

/// <summary>
/// The database of the studio: SQLite in a file, or PostgreSQL. All statements are the same for both, except for those in this file.
/// </summary>
/// <param name="source">Opens connections.</param>
/// <param name="isShared">Whether several processes use it: PostgreSQL. A file belongs to one process.</param>
internal sealed class StudioDatabase(DbDataSource source, bool isShared) : IDisposable
{
    private const string Tables = """
        create table if not exists studio_images (
            id text primary key,
            visitor text not null,
            client_key text not null,
            request text not null,
            state text not null,
            details text not null,
            revision bigint not null,
            created_at bigint not null,
            changed_at bigint not null,
            owner text,
            owned_until bigint not null,
            unique (visitor, client_key));
        create index if not exists studio_images_of_visitor on studio_images (visitor, id);
        create index if not exists studio_images_changed on studio_images (changed_at);
        create index if not exists studio_images_open on studio_images (owned_until) where state not in ('finished', 'failed', 'unknown');
        create table if not exists studio_files (
            id text primary key,
            visitor text not null,
            media_type text not null,
            width integer not null,
            height integer not null,
            length bigint not null,
            content bytea not null,
            created_at bigint not null);
        create index if not exists studio_files_of_visitor on studio_files (visitor);
        """;

    /// <summary>In PostgreSQL, the ledger has tables of its own.</summary>
    private const string SqliteTables = """
        create table if not exists studio_credits (
            id text primary key,
            account text not null,
            idempotency_key text not null,
            micro_credits bigint not null,
            spent integer not null,
            at bigint not null);
        create index if not exists studio_credits_of_account on studio_credits (account, at);
        """;

    /// <summary>
    /// SQLite runs one statement at a time and blocks the threads of the others. Here they wait without a thread.
    /// </summary>
    private readonly SemaphoreSlim _turn = new(isShared ? int.MaxValue : 1);

    public bool IsShared => isShared;

    /// <summary>The clock of the database in milliseconds. Only this clock is compared between processes.</summary>
    public string Now { get; } = isShared
        ? "(extract(epoch from clock_timestamp()) * 1000)::bigint"
        : "cast(unixepoch('subsec') * 1000 as integer)";

    public static StudioDatabase InFile(string folder)
    {
        CreateFolder(folder);
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "studio.db"), ForeignKeys = false };
        return new StudioDatabase(SqliteFactory.Instance.CreateDataSource(connection.ConnectionString), isShared: false);
    }

    public static StudioDatabase InPostgreSql(NpgsqlDataSource source) => new(source, isShared: true);

    public async Task CreateTablesAsync(CancellationToken cancellationToken)
    {
        if (!isShared)
        {
            // Readers do not wait for writers. The setting is kept in the file.
            await ExecuteAsync("pragma journal_mode = wal", [], cancellationToken);
            await ExecuteAsync(Tables + SqliteTables, [], cancellationToken);
            return;
        }

        // Two processes that start at the same time would both try to create the tables.
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select pg_advisory_xact_lock(4711002);{Tables}";
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken)
    {
        var times = await QueryAsync($"select {Now}", [], row => row.GetInt64(0), cancellationToken);
        return DateTimeOffset.FromUnixTimeMilliseconds(times[0]);
    }

    /// <returns>The number of rows that were changed.</returns>
    public Task<int> ExecuteAsync(string sql, (string Name, object? Value)[] values, CancellationToken cancellationToken) =>
        RunAsync(sql, values, command => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    /// <returns>Each row as <paramref name="read"/> returns it.</returns>
    public Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql, (string Name, object? Value)[] values, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        RunAsync(sql, values, command => ReadAsync(command, read, cancellationToken), cancellationToken);

    public void Dispose() => _turn.Dispose();

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(
        DbCommand command, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private async Task<T> RunAsync<T>(
        string sql, (string Name, object? Value)[] values, Func<DbCommand, Task<T>> run, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var command = Command(connection, sql, values);
            return await run(command);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static DbCommand Command(DbConnection connection, string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>The folder contains prompts and images: only its owner can read it.</summary>
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
