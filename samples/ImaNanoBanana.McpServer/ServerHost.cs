using System.Reflection;
using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Mcp.Files;
using ImaNanoBanana.Mcp.Submissions;
using ImaNanoBanana.Mcp.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.Mcp;

/// <summary>Creates the server and runs it until its input ends.</summary>
internal static class ServerHost
{
    private const string Instructions =
        "Generates and edits images with the Nano Banana models. Every image is charged once and takes 20 to 120 seconds. generate_image "
        + "and edit_image answer `ready` with the images, or `running` with a handle. After `running`, call get_image_task with the "
        + "handle until it is ready, and never call generate_image or edit_image again for it. An error says whether credits were "
        + "spent and whether you may repeat the call.";

    public static async Task RunAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        using var loggers = LoggerFactory.Create(logging => ToStandardError(logging, LogLevel.Information));
        using var images = new ImageService(settings, time, loggers.CreateLogger("ImaNanoBanana"));

        // Disposing it waits a little for the response to a submission that was sent, so that the journal records it.
        await using var desk = new SubmissionService(images, settings, time);
        await using var saves = new SavedImages(images.SaveAsync);
        var follower = new TaskFollower(images, desk, new ImageDelivery(images, saves, settings, time), settings);
        var inputs = new InputReader(settings);
        var earlier = new EarlierImages(images, settings, time);
        var composer = new SubmissionComposer(inputs, earlier);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        ToStandardError(builder.Logging, LogLevel.Warning);
        builder.Services.AddMcpServer(options =>
        {
            options.ServerInfo = new Implementation { Name = "ima-nano-banana", Title = "Nano Banana images", Version = Version() };
            options.ServerInstructions = Instructions;
        }).WithStdioServerTransport().WithTools(
        [
            new SubmitTool<GenerateArguments>(
                ToolTexts.Generate(), ServerJson.Default.GenerateArguments, images, desk, follower, composer, earlier, settings, time),
            new SubmitTool<EditArguments>(
                ToolTexts.Edit(), ServerJson.Default.EditArguments, images, desk, follower, composer, earlier, settings, time),
            new TaskTool(ToolTexts.Task(), images, desk, follower, earlier, settings, time),
            new ModelsTool(ToolTexts.Models(), images, settings, time),
            new QuoteTool(ToolTexts.Quote(), images, inputs, earlier, settings, time),
        ]);
        using var host = builder.Build();
        await host.RunAsync(cancellationToken);
    }

    /// <summary>Standard output carries only protocol messages.</summary>
    private static void ToStandardError(ILoggingBuilder logging, LogLevel least) =>
        logging.SetMinimumLevel(least).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    private static string Version() =>
        typeof(ServerHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
