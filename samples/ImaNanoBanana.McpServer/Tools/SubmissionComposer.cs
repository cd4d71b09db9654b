using ImaNanoBanana.Mcp.Files;
using ImaNanoBanana.Mcp.Submissions;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>Makes the request of a call from its arguments, with local files, data and earlier images as sources.</summary>
internal sealed class SubmissionComposer(InputReader inputs, EarlierImages earlier)
{
    /// <exception cref="Answers.ToolException">A source image cannot be used. Nothing was submitted.</exception>
    public async Task<SubmissionRequest> ComposeAsync(SubmitArguments arguments, McpServer server, CancellationToken cancellationToken)
    {
        var texts = arguments.Sources() ?? [];
        var references = await earlier.FindAsync(texts, cancellationToken);
        var sources = await inputs.ReadAsync(texts, references, server, cancellationToken);
        var last = references.Any(reference => reference is { Task: null })
            ? await earlier.LastAsync(KeyAsync, cancellationToken)
            : null;
        var key = await KeyAsync(last);
        var resolved = new ImageInput[sources.Count];
        for (var index = 0; index < resolved.Length; index++)
        {
            resolved[index] = references[index] is { } image
                ? await earlier.ReadAsync(image.Task ?? last!, image.Number, cancellationToken)
                : sources[index];
        }

        return new SubmissionRequest(Request(resolved), key, arguments.MaxCredits);

        Task<string> KeyAsync(ImageTask? lastOne) => ContentKey.CreateAsync(
            Request([.. sources.Select((source, index) => references[index] is { } image
                ? EarlierImage.Placeholder(image.Task ?? lastOne, image.Number)
                : source)]),
            arguments.Variation,
            cancellationToken);

        ImageRequest Request(IReadOnlyList<ImageInput> all) => arguments.Choose(new ImageRequest(arguments.Prompt)
        {
            Count = arguments.Count ?? 1,
            Images = all,
            TaskType = arguments.Sources() is null ? ImageTaskType.TextToImage : ImageTaskType.ImageToImage,
        });
    }
}
