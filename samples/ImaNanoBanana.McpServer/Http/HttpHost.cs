using ImaNanoBanana.Mcp.Stores;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;
using Npgsql;

namespace ImaNanoBanana.Mcp.Http;

/// <summary>Serves remote users over Streamable HTTP.</summary>
internal static class HttpHost
{
    public const string McpPath = "/mcp";

    public const string HealthPath = "/health";

    private const string SessionHeader = "Mcp-Session-Id";

    public static async Task RunAsync(ServerSettings settings, HttpSettings http, CancellationToken cancellationToken)
    {
        await using var app = Build(settings, http);
        if (app.Services.GetService<SessionTable>() is { } sessions)
        {
            await sessions.CreateAsync(cancellationToken);
        }

        await ((IHost)app).RunAsync(cancellationToken);
    }

    private static WebApplication Build(ServerSettings settings, HttpSettings http)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.UseUrls(http.Address.AbsoluteUri);
        builder.Services.AddSingleton(settings).AddSingleton(http).AddSingleton(TimeProvider.System).AddSingleton<UserTokens>();
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Workspaces>(provider));
        if (http.Database is { } database)
        {
            AddDatabase(builder.Services, database);
        }

        builder.Services.AddAuthentication(BearerAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.SchemeName, null);
        builder.Services.AddAuthorization();
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. http.Origins])
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders(SessionHeader)));
        builder.Services.AddMcpServer(ServerDescription.Describe).WithHttpTransport(ConfigureTransport);
        var app = builder.Build();
        app.UseMiddleware<OriginCheck>();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Map(HealthPath, health => health.Run(context => context.Response.WriteAsync("ok", context.RequestAborted)));
        app.MapMcp(McpPath).RequireAuthorization();
        return app;
    }

    private static void AddDatabase(IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        services.AddSingleton<DatabaseStore>();
        services.AddSingleton<SessionTable>();
        services.AddSingleton<ISessionMigrationHandler>(provider => provider.GetRequiredService<SessionTable>());
    }

    private static void ConfigureTransport(HttpServerTransportOptions transport)
    {
        // Clients of the protocol of July 2026 have no sessions any more. Older ones need theirs, so that the person can be asked.
        transport.SessionMode = HttpServerSessionMode.StatefulForInitializeClients;
        transport.ConfigureSessionOptions = (context, options, _) =>
        {
            options.ProtocolVersion = SessionTable.VersionOf(context);
            options.ToolCollection = [];
            foreach (var tool in context.RequestServices.GetRequiredService<Workspaces>().Get(SessionTable.UserOf(context)).CreateTools())
            {
                options.ToolCollection.Add(tool);
            }

            return Task.CompletedTask;
        };
    }
}
