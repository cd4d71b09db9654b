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

    /// <value>64 MB: four source images of the largest size in one call.</value>
    private const long MostRequestBytes = 64L * 1024 * 1024;

    public static async Task RunAsync(ServerSettings settings, HttpSettings http, CancellationToken cancellationToken)
    {
        await using var app = Build(settings, http);
        if (app.Services.GetService<SessionTable>() is { } sessions)
        {
            await sessions.CreateAsync(cancellationToken);
        }

        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<Workspaces>().Stop);
        await ((IHost)app).RunAsync(cancellationToken);
    }

    private static WebApplication Build(ServerSettings settings, HttpSettings http)
    {
        // In another environment, answers to errors would contain the request with its token. Names that clients choose are not logged.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("ModelContextProtocol", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = MostRequestBytes);
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
        app.Use(EndSessionAsync);
        app.Map(HealthPath, health => health.Run(context => context.Response.WriteAsync("ok", context.RequestAborted)));
        app.MapMcp(McpPath).RequireAuthorization();
        return app;
    }

    /// <summary>Another instance must not continue a session that its client has ended.</summary>
    private static async Task EndSessionAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (HttpMethods.IsDelete(context.Request.Method)
            && context.Response.StatusCode < StatusCodes.Status300MultipleChoices
            && context.Request.Headers[SessionHeader] is [{ } session]
            && context.RequestServices.GetService<SessionTable>() is { } sessions)
        {
            await sessions.RemoveAsync(context, session, context.RequestAborted);
        }
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
