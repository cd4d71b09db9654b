using Npgsql;

namespace ImaNanoBanana.PostgreSql.Tests.Database;

/// <summary>The base of tests that need a database.</summary>
public abstract class DatabaseTests(PostgresServer server) : IAsyncLifetime
{
    private NpgsqlDataSource? _source;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected PostgresServer Server => server;

    protected string ConnectionString { get; private set; } = "";

    protected NpgsqlDataSource Source => _source!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await server.CreateDatabaseAsync();
        _source = NpgsqlDataSource.Create(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _source!.DisposeAsync();
    }

    protected async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }
}
