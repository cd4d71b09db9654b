using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Client;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana.Tools;

/// <summary>Runs the calls of a chat model with the client.</summary>
[Experimental("MEAI001")]
internal sealed class ImageToolCalls(IImaImageClient client, ImageToolOptions options)
{
    public async Task<ImageToolAnswer> GenerateAsync(ToolArguments arguments, CancellationToken cancellationToken) =>
        await SubmitAsync(Request(arguments), cancellationToken).ConfigureAwait(false);

    public async Task<ImageToolAnswer> EditAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var request = Request(arguments);
        var images = Sources(arguments);
        return images.Count == 0
            ? throw new ArgumentException("There is no image to edit: pass 'images', or let the user attach one.")
            : await SubmitAsync(request with { Images = images }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<ImageToolAnswer> QuoteAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var request = Request(arguments) with { Images = Sources(arguments) };
        return ImageToolAnswer.Quoted(
            await ClientAnswer.RequiredAsync(client.QuoteAsync(request, cancellationToken)!, nameof(client.QuoteAsync), "quote_image")
                .ConfigureAwait(false));
    }

    public async Task<ImageToolAnswer> GetStatusAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var text = arguments.RequiredText("task");
        var task = ImageTask.TryFromHandle(text, out var known) ? known : new ImageTask(text);
        var progress = await ClientAnswer.RequiredAsync(
            client.GetStatusAsync(task, cancellationToken)!, nameof(client.GetStatusAsync), "get_image_status").ConfigureAwait(false);
        if (progress.Error is { } error)
        {
            return ImageToolAnswer.Failed(error, options.Language);
        }

        return progress.Result is { } result ? ImageToolAnswer.Completed(result) : ImageToolAnswer.Running(progress, task);
    }

    private async Task<ImageToolAnswer> SubmitAsync(ImageRequest request, CancellationToken cancellationToken) =>
        ImageToolAnswer.Completed(
            await ClientAnswer.RequiredAsync(
                client.GenerateAsync(request with { IdempotencyKey = ChatCall.Id }, cancellationToken)!,
                nameof(client.GenerateAsync),
                nameof(ImaImageToolsExtensions.AsImageTools)).ConfigureAwait(false));

    private ImageRequest Request(ToolArguments arguments)
    {
        var request = new ImageRequest(arguments.RequiredText("prompt"))
        {
            Count = arguments.Number("count"),
            MaxCredits = options.MaxCredits,
            Budget = options.Budget,
        };
        request = options.DefaultChoice?.ApplyTo(request) ?? request;
        if (arguments.Text("model") is { } model)
        {
            request = ImageChoice.TryParse(model, out var words)
                ? words.ApplyTo(request)
                : request with { Model = new ImageModel(model) };
        }

        return request with
        {
            Size = arguments.Text("size") is { } size ? Size(size) : request.Size,
            AspectRatio = arguments.Text("aspect_ratio") is { } ratio ? Ratio(ratio) : request.AspectRatio,
        };
    }

    private static ImageSize Size(string text) =>
        ImageChoice.TryParse(text, out var words) && words is { Size: { } size, Model: null, AspectRatio: null }
            ? size
            : new ImageSize(text);

    private static AspectRatio Ratio(string text) =>
        ImageChoice.TryParse(text, out var words) && words is { AspectRatio: { } ratio, Model: null, Size: null }
            ? ratio
            : new AspectRatio(text);

    /// <summary>The images that the model names, or else those that the user attached: a model cannot pass bytes.</summary>
    private static List<ImageInput> Sources(ToolArguments arguments)
    {
        var addresses = arguments.Addresses("images");
        return addresses.Count > 0
            ? [.. addresses.Select(ImageInput.FromUrl)]
            : [.. ChatCall.AttachedImages.Select(RequestReading.Input)];
    }
}
