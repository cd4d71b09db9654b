using ImaNanoBanana.Mcp.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Mcp;

/// <summary>Serves one person over standard input and output until the input ends.</summary>
internal static class ServerHost
{
    public static async Task RunAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        using var loggers = LoggerFactory.Create(logging => ToStandardError(logging, LogLevel.Information));
        var store = settings.Simulate ? MemoryStore.Create(settings, time) : FileStore.Create(settings, time, user: "");
        await using var workspace = new Workspace(settings, store, time, loggers.CreateLogger("ImaNanoBanana"));

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        ToStandardError(builder.Logging, LogLevel.Warning);
        builder.Services.AddMcpServer(ServerDescription.Describe).WithStdioServerTransport().WithTools(workspace.CreateTools());
        using var host = builder.Build();
        await host.RunAsync(cancellationToken);
    }

    /// <summary>Standard output carries only protocol messages.</summary>
    private static void ToStandardError(ILoggingBuilder logging, LogLevel least) =>
        logging.SetMinimumLevel(least).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
