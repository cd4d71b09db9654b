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
    SubmissionComposer composer,
    EarlierImages earlier,
    ServerSettings settings,
    TimeProvider time)
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
        using var budget = new CallBudget(_settings.Wait, arguments.WaitSeconds, time, cancellationToken);
        var content = await composer.ComposeAsync(arguments, call.Server, budget.Preparing);

        // When a call has timed out or its caller is gone, it no longer affects a submission that was sent.
        using var ofCall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asksBetween = ClientFeatures.FromServer(call.Server).AsksBetweenRequests;
        var repeated = asksBetween && _settings.IsRemote ? new RepeatedCallConfirmation(call, _settings) : null;
        var confirmation = (IConfirmation?)repeated ?? new Confirmation(call.Server, _settings, time);
        var (key, submission, isRepeated) = await desk.PlaceAsync(content, confirmation, budget.Preparing, ofCall.Token);
        earlier.Remember(key);
        if (submission is not null && !isRepeated && asksBetween)
        {
            // The person's time is not that of this call: the client asks, and then makes the request again.
            await submission.Settled.WaitAsync(cancellationToken);
            if (repeated?.HasAsked == true)
            {
                // Ends this call with the question.
                await submission.Submitted;
            }

            budget.Restart();
        }

        var delivered = await follower.FollowAsync(key, submission, isRepeated, budget, new CallProgress(call), cancellationToken);
        return (delivered.Answer, delivered.Blocks);
    }
}
