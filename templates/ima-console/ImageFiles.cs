using System.Globalization;

namespace ImaConsoleApp;

/// <summary>Generates images and saves them as files. The name of a file comes from the idempotency key of its request.</summary>
internal sealed class ImageFiles(IImaImageClient client, string folder, TextWriter output, TextWriter errors)
{
    private static readonly ImageSaveOptions Replace = new() { FileConflictBehavior = FileConflictBehavior.Overwrite };

    /// <summary>
    /// Saves the images of earlier runs that were charged and not saved, because the program was canceled or the machine was switched
    /// off. It submits nothing.
    /// </summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await foreach (var left in client.ResumeAsync(cancellationToken: cancellationToken))
        {
            if (left.Result is { } result)
            {
                await output.WriteLineAsync($"{left.IdempotencyKey} of an earlier run is ready.");
                await SaveAsync(left.IdempotencyKey, result, cancellationToken);
            }
            else if (left.Error is { } error)
            {
                await errors.WriteLineAsync($"{left.IdempotencyKey} of an earlier run: {ErrorText.Of(error)}");
            }
        }
    }

    /// <exception cref="ImaException">The image was not generated. <see cref="ErrorText"/> says what was charged.</exception>
    public async Task GenerateAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        await foreach (var progress in client.GenerateStreamingAsync(request, cancellationToken))
        {
            await output.WriteLineAsync(Describe(progress));
            if (progress.Result is { } result)
            {
                // The image counts as delivered when the loop continues. If it cannot be saved, the next run saves it.
                await SaveAsync(result.Task.IdempotencyKey!, result, cancellationToken);
            }
        }
    }

    private async Task SaveAsync(string key, ImageResult result, CancellationToken cancellationToken)
    {
        foreach (var (index, image) in result.Images.Index())
        {
            var name = ImageFileName.FromText(key) + (result.Images.Count == 1 ? "" : $"-{index + 1}");
            var saved = await client.SaveAsync(image, Path.Combine(folder, name), Replace, cancellationToken);
            await output.WriteLineAsync($"saved {saved.Path}: {saved.Width} x {saved.Height}, {Text(result.Task.Credits)} credits");
        }
    }

    private static string Describe(ImageProgress progress) => progress.Stage switch
    {
        ImageStage.Preparing => "reading the product list",
        ImageStage.Submitting => $"submitting for {Text(progress.Credits)} credits",
        ImageStage.Accepted => $"accepted as task {progress.Task!.Id}",
        ImageStage.Generating => $"generating: {progress.Percent} %",
        ImageStage.Completed => "ready",
        _ => $"{progress.Stage}",
    };

    private static string Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
}
