using System.Data.Common;
using System.Globalization;
using ImaNanoBanana.Schema;
using Npgsql;

namespace ImaNanoBanana.Storage;

/// <summary>
/// Runs work in the database: each piece in one transaction, repeated while the database cannot be reached. Uses no session state, so
/// that it works through a pooler in transaction mode.
/// </summary>
/// <remarks>Thread-safe. The work may run twice if its commit was not confirmed, so it must be idempotent.</remarks>
internal sealed class PostgreSqlStore : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// A machine that is suspended or cut off in a transaction keeps its locks, for hours if no one ends its session. It applies to the
    /// transaction only.
    /// </summary>
    private const string EndIfIdle = "set local idle_in_transaction_session_timeout = '10s'";

    /// <summary>The session was ended because of <see cref="EndIfIdle"/>. Nothing was committed.</summary>
    private const string EndedIdle = "25P03";

    private readonly NpgsqlDataSource _source;
    private readonly bool _isOwned;
    private readonly SemaphoreSlim _preparing = new(1);
    private volatile bool _isPrepared;

    private PostgreSqlStore(NpgsqlDataSource source, bool isOwned, PostgreSqlOptions options, TimeProvider time)
    {
        (_source, _isOwned, Options, Time) = (source, isOwned, options.Checked(), time);
        Schema = Migrations.Quoted(Options.Schema);
    }

    public PostgreSqlOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>The schema as an identifier in SQL.</summary>
    public string Schema { get; }

    public static PostgreSqlStore Create(NpgsqlDataSource source, PostgreSqlOptions? options, TimeProvider? time)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new PostgreSqlStore(source, isOwned: false, options ?? new PostgreSqlOptions(), time ?? TimeProvider.System);
    }

    public static PostgreSqlStore Create(string connectionString, PostgreSqlOptions? options, TimeProvider? time)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);

        // No session state is used, and a pooler in transaction mode rejects the command that resets it.
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        builder.EnableTransportSecurity();
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        return new PostgreSqlStore(builder.Build(), isOwned: true, options ?? new PostgreSqlOptions(), time ?? TimeProvider.System);
    }

    /// <summary>Runs work in one transaction.</summary>
    /// <exception cref="DbException">The database rejected the work, or could not be reached for too long.</exception>
    /// <exception cref="InvalidOperationException">The tables do not have the version that this package needs.</exception>
    public Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RepeatAsync(
            async token =>
            {
                await PrepareAsync(token).ConfigureAwait(false);
                var connection = await _source.OpenConnectionAsync(token).ConfigureAwait(false);
                await using var connectionEnd = connection.ConfigureAwait(false);
                var transaction = await connection.BeginTransactionAsync(token).ConfigureAwait(false);
                await using var transactionEnd = transaction.ConfigureAwait(false);
                await connection.ExecuteAsync(EndIfIdle, [], token).ConfigureAwait(false);
                var result = await work(connection, token).ConfigureAwait(false);
                await transaction.CommitAsync(token).ConfigureAwait(false);
                return result;
            },
            cancellationToken);

    /// <summary>Runs one statement, which is a transaction of its own.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public Task<T> QueryAsync<T>(
        string sql,
        IReadOnlyList<object?> values,
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken) =>
        RepeatAsync(
            async token =>
            {
                await PrepareAsync(token).ConfigureAwait(false);
                var command = _source.CreateCommand(sql);
                await using var commandEnd = command.ConfigureAwait(false);
                PostgreSqlCommands.AddValues(command.Parameters, values);
                var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
                await using var readerEnd = reader.ConfigureAwait(false);
                return await read(reader, token).ConfigureAwait(false);
            },
            cancellationToken);

    /// <returns>Whether the statement changed or returned a row.</returns>
    public Task<bool> ChangeAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken) =>
        QueryAsync(
            sql,
            values,
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) || reader.RecordsAffected > 0,
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _preparing.Dispose();
        if (_isOwned)
        {
            await _source.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _preparing.Dispose();
        if (_isOwned)
        {
            _source.Dispose();
        }
    }

    private async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var start = Time.GetTimestamp();
        while (true)
        {
            try
            {
                return await work(cancellationToken).ConfigureAwait(false);
            }
            catch (DbException exception) when (IsOutage(exception) && Time.GetElapsedTime(start) < Options.LongestOutage)
            {
                await Task.Delay(RetryInterval, Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether the database is not reachable, is starting or stopping, or asks to repeat the transaction.</summary>
    private static bool IsOutage(DbException exception) =>
        exception.IsTransient || exception.SqlState is ['5', '7', 'P', ..] or ['0', '8', ..] or EndedIdle;

    /// <summary>Creates or checks the tables before the first use. A failure is repeated with the next use.</summary>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_isPrepared)
        {
            return;
        }

        await _preparing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isPrepared)
            {
                await MigrateAsync(cancellationToken).ConfigureAwait(false);
                _isPrepared = true;
            }
        }
        finally
        {
            _preparing.Release();
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var connectionEnd = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var transactionEnd = transaction.ConfigureAwait(false);
        var version = await VersionAsync(connection, cancellationToken).ConfigureAwait(false);
        if (version == PostgreSqlSchema.Version)
        {
            return;
        }

        if (!Options.CreatesTables || version > PostgreSqlSchema.Version)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The tables in the schema {Options.Schema} have version {version}, but this package needs {PostgreSqlSchema.Version}. ")
                + (version > PostgreSqlSchema.Version
                    ? "Update the package."
                    : "Run the script of PostgreSqlSchema.CreateScript, or set CreatesTables."));
        }

        // One process at a time; the lock ends with the transaction.
        await connection.ExecuteAsync(EndIfIdle, [], cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(
            "select pg_advisory_xact_lock(hashtextextended('ImaNanoBanana ' || $1, 0))", [Options.Schema], cancellationToken)
            .ConfigureAwait(false);
        version = await VersionAsync(connection, cancellationToken).ConfigureAwait(false);
        while (version < PostgreSqlSchema.Version)
        {
            version++;
            await connection.ExecuteAsync(Migrations.Script(version, Options.Schema), [], cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The version of the tables; 0 if there are none.</returns>
    private async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // A query, because the lookup of a name in a transaction may not see what another one has committed in the meantime.
        var comment = await connection.ScalarAsync<string>(
            """
            select d.description from pg_description d
            join pg_class c on c.oid = d.objoid join pg_namespace n on n.oid = c.relnamespace
            where d.classoid = 'pg_class'::regclass and d.objsubid = 0 and n.nspname = $1 and c.relname = 'submissions'
            """,
            [Options.Schema],
            cancellationToken).ConfigureAwait(false);
        var text = comment?.StartsWith(Migrations.CommentPrefix, StringComparison.Ordinal) is true
            ? comment[Migrations.CommentPrefix.Length..]
            : null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }
}
