using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using Npgsql;

namespace ImaNanoBanana.Mcp.Http;

/// <summary>
/// Remembers in the database what a client said when it began a session, so that another instance can continue the session. Of a
/// session itself nothing is lost: submissions are in the journal.
/// </summary>
internal sealed class SessionTable(NpgsqlDataSource database) : ISessionMigrationHandler
{
    private static readonly JsonTypeInfo<InitializeRequestParams> Parameters =
        (JsonTypeInfo<InitializeRequestParams>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(InitializeRequestParams));

    private static readonly object VersionItem = new();

    /// <summary>Two instances that start at the same time would otherwise create the table at the same time.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            do $$ begin
                perform pg_advisory_xact_lock(hashtext('ima_mcp_sessions'));
                create table if not exists ima_mcp_sessions (
                    id text primary key, user_name text not null, parameters text not null, started_at timestamptz not null default now());
            end $$
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask OnSessionInitializedAsync(
        HttpContext context, string sessionId, InitializeRequestParams initializeParams, CancellationToken cancellationToken)
    {
        // A client that initializes a session again has the context of its first request, which has ended.
        if (UserOrNull(context) is not { } user)
        {
            return;
        }

        await using var command = database.CreateCommand(
            """
            with old as (delete from ima_mcp_sessions where started_at < now() - interval '7 days')
            insert into ima_mcp_sessions (id, user_name, parameters) values ($1, $2, $3) on conflict (id) do nothing
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sessionId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = user });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(initializeParams, Parameters) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>What the client said; null if this user has no such session.</returns>
    public async ValueTask<InitializeRequestParams?> AllowSessionMigrationAsync(
        HttpContext context, string sessionId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select parameters from ima_mcp_sessions where id = $1 and user_name = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sessionId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = UserOf(context) });
        var begun = await command.ExecuteScalarAsync(cancellationToken) is string parameters
            ? JsonSerializer.Deserialize(parameters, Parameters)
            : null;
        context.Items[VersionItem] = begun?.ProtocolVersion;
        return begun;
    }

    /// <returns>The version of the session that a request continues; null for any other request.</returns>
    public static string? VersionOf(HttpContext context) => context.Items[VersionItem] as string;

    /// <summary>Forgets a session of this user.</summary>
    public async Task RemoveAsync(HttpContext context, string sessionId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from ima_mcp_sessions where id = $1 and user_name = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sessionId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = UserOf(context) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string? UserOrNull(HttpContext context)
    {
        try
        {
            return UserOf(context);
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    public static string UserOf(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier)!;
}
