using System.Text.Json.Serialization.Metadata;
using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Mcp.Files;
using ImaNanoBanana.Mcp.Submissions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary><c>generate_image</c> and <c>edit_image</c>: the tools that spend credits.</summary>
internal sealed class SubmitTool<TArguments>(
    Tool tool,
    JsonTypeInfo<TArguments> arguments,
    ImageService images,
    SubmissionService desk,
    TaskFollower follower,
    InputReader inputs,
    ServerSettings settings)
    : ImageTool<TArguments>(tool, arguments, images, settings)
    where TArguments : SubmitArguments
{
    private readonly ImageService _images = images;
    private readonly ServerSettings _settings = settings;

    protected override bool IsSubmission => true;

    protected override async Task<(ImageAnswer Answer, IReadOnlyList<ContentBlock> Blocks)> RunAsync(
        TArguments arguments, RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken)
    {
        _ = _images.Client;
        var sources = await inputs.ReadAsync(arguments.Sources() ?? [], call.Server, cancellationToken);
        var request = arguments.Choose(new ImageRequest(arguments.Prompt)
        {
            Count = arguments.Count ?? 1,
            Images = sources,
            TaskType = arguments.Sources() is null ? ImageTaskType.TextToImage : ImageTaskType.ImageToImage,
        });
        var content = new SubmissionRequest(
            request, await ContentKey.CreateAsync(request, arguments.Variation, cancellationToken), arguments.MaxCredits);

        // When a call has timed out or its caller is gone, it no longer affects a submission that was sent.
        using var ofCall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (key, submission, isRepeated) = await desk.PlaceAsync(content, new Confirmation(call.Server, _settings), ofCall.Token);
        var delivered = await follower.FollowAsync(key, submission, isRepeated, new CallProgress(call), cancellationToken);
        return (delivered.Answer, delivered.Blocks);
    }
}
