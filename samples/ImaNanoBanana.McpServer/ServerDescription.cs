using System.Reflection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp;

/// <summary>What a client learns about the server before it lists the tools.</summary>
internal static class ServerDescription
{
    private const string Instructions =
        "Generates and edits images with the Nano Banana models. Every image is charged once and takes 20 to 120 seconds. generate_image "
        + "and edit_image answer `ready` with the images, or `running` with a handle. After `running`, call get_image_task with the "
        + "handle until it is ready, and never call generate_image or edit_image again for it. An error says whether credits were "
        + "spent and whether you may repeat the call.";

    public static void Describe(McpServerOptions options)
    {
        options.ServerInfo = new Implementation { Name = "ima-nano-banana", Title = "Nano Banana images", Version = Version() };
        options.ServerInstructions = Instructions;
    }

    private static string Version() =>
        typeof(ServerDescription).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "0";
}
