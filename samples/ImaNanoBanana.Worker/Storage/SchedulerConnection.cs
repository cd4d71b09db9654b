using Npgsql;

namespace ImaNanoBanana.Worker.Storage;

/// <summary>Creates the connection string of the scheduler.</summary>
internal static class SchedulerConnection
{
    /// <summary>
    /// A worker that is suspended or cut off in a transaction of the scheduler keeps its locks, and no other worker could take over its
    /// jobs or start new ones. The database ends its session after this time.
    /// </summary>
    private const string EndIfIdle = "-c idle_in_transaction_session_timeout=10s";

    /// <param name="connectionString">The connection string of the database.</param>
    public static string Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);

        // Behind a pooler, which is when connections are not reset, a session cannot have settings of its own.
        if (!settings.NoResetOnClose)
        {
            settings.Options = $"{settings.Options} {EndIfIdle}".TrimStart();
        }

        return settings.ConnectionString;
    }
}
