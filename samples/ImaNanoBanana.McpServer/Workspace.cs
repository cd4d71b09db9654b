using System.Text.Json.Serialization.Metadata;
using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Mcp.Files;
using ImaNanoBanana.Mcp.Stores;
using ImaNanoBanana.Mcp.Submissions;
using ImaNanoBanana.Mcp.Tools;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp;

/// <summary>
/// What all conversations of one user share: the client, the submissions that are running, the files that are being saved.
/// </summary>
internal sealed class Workspace : IAsyncDisposable
{
    private readonly ServerSettings _settings;
    private readonly TimeProvider _time;
    private readonly ImageService _images;
    private readonly SubmissionService _submissions;
    private readonly SavedImages _saves;
    private readonly TaskFollower _follower;
    private readonly InputReader _inputs;

    public Workspace(ServerSettings settings, UserStore store, TimeProvider time, ILogger logger)
    {
        _settings = settings;
        _time = time;
        _images = new ImageService(settings, store, time, logger);
        _submissions = new SubmissionService(_images, settings, time);
        _saves = new SavedImages(_images.SaveAsync);
        _follower = new TaskFollower(_images, _submissions, new ImageDelivery(_images, _saves, settings, time), settings);
        _inputs = new InputReader(settings);
    }

    /// <summary>Creates the tools of one conversation, whose last image is known only to it.</summary>
    public IReadOnlyList<McpServerTool> CreateTools()
    {
        var earlier = new EarlierImages(_images, _settings, _time);
        var composer = new SubmissionComposer(_inputs, earlier);
        return
        [
            Submit(ToolTexts.Generate(), ServerJson.Default.GenerateArguments),
            Submit(ToolTexts.Edit(), ServerJson.Default.EditArguments),
            new TaskTool(ToolTexts.Task(), _images, _submissions, _follower, earlier, _settings, _time),
            new ModelsTool(ToolTexts.Models(), _images, _settings, _time),
            new QuoteTool(ToolTexts.Quote(), _images, _inputs, earlier, _settings, _time),
        ];

        SubmitTool<T> Submit<T>(Tool tool, JsonTypeInfo<T> arguments)
            where T : SubmitArguments => new(
                tool, arguments, _images, _submissions, _follower, composer, earlier, _settings, _time);
    }

    /// <summary>Waits a little for the responses to submissions that were sent, so that the journal records them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _saves.DisposeAsync();
        await _submissions.DisposeAsync();
        _images.Dispose();
    }
}
