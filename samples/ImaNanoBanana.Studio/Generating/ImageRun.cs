using ImaNanoBanana.Studio.Security;
using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Generating;

/// <summary>
/// Generates one image from wherever it is: the first run submits it, and each further run, also in another process, finds its task by
/// its key. docs/resume.md shows the region between the marks.
/// </summary>
internal sealed partial class ImageRun(
    IImaImageClient client, ImageTable table, FileTable files, RequestFactory requests, ImageFeed feed, ILogger<ImageRun> logger)
    : IDisposable
{
    private const int MaxDownloads = 8;

    /// <summary>An image is held in memory while it is downloaded, so only some are at the same time.</summary>
    private readonly SemaphoreSlim _downloads = new(MaxDownloads);

    // >>> run
    /// <summary>Runs until the image has ended. If the process is stopped, the image stays open for the next run.</summary>
    public async Task RunAsync(StoredImage image, CancellationToken stoppingToken)
    {
        var details = image.Details;
        try
        {
            var request = await requests.CreateAsync(new Visitor(image.Visitor), image.Order, stoppingToken);
            request = request with { IdempotencyKey = image.Id };
            await foreach (var progress in client.GenerateStreamingAsync(request, stoppingToken))
            {
                details = Describe(details, progress);
                if (progress.Result is { } result)
                {
                    await SetAsync(image.Id, ImageState.Saving, details, stoppingToken);
                    details = details with { Files = await SaveAsync(image, result, stoppingToken) };
                    await SetAsync(image.Id, ImageState.Finished, details, CancellationToken.None);
                    Finished(image.Id);
                }
                else
                {
                    await SetAsync(image.Id, StateOf(progress.Stage), details, stoppingToken);
                }
            }
        }
        catch (ImaException exception)
        {
            await EndAsync(image, details with { Error = exception }, exception);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Stopped(image.Id);
        }
    }
    // <<<

    public void Dispose() => _downloads.Dispose();

    private async Task EndAsync(StoredImage image, ImageDetails details, ImaException exception)
    {
        var decision = RunDecision.After(exception, image.Details.Attempts);
        Ended(image.Id, exception.Kind, exception.Message);
        if (decision.End is { } end)
        {
            await SetAsync(image.Id, end, details, CancellationToken.None);
            return;
        }

        var again = details with { Attempts = image.Details.Attempts + 1 };
        await SetAsync(image.Id, ImageState.Generating, again, CancellationToken.None);
        await table.ReleaseAsync(image.Id, decision.Delay, CancellationToken.None);
    }

    private async Task<IReadOnlyList<FileFacts>> SaveAsync(StoredImage image, ImageResult result, CancellationToken stoppingToken)
    {
        await _downloads.WaitAsync(stoppingToken);
        try
        {
            var saved = new List<FileFacts>();
            foreach (var (index, generated) in result.Images.Index())
            {
                using var content = new MemoryStream();
                var download = await client.DownloadAsync(generated, content, stoppingToken);
                var matches = download.MatchesRequestedSize != false && download.MatchesRequestedAspectRatio != false;

                // The id comes from the image's, so that a run that is repeated stores the same file.
                var file = new FileFacts($"{image.Id}-{index + 1}", download.MediaType, download.Width, download.Height, matches);
                await files.AddAsync(image.Visitor, file, content.ToArray(), stoppingToken);
                saved.Add(file);
            }

            return saved;
        }
        finally
        {
            _downloads.Release();
        }
    }

    private async Task SetAsync(string id, ImageState state, ImageDetails details, CancellationToken cancellationToken)
    {
        if (await table.SetAsync(id, state, details, cancellationToken) is { } changed)
        {
            feed.Publish(changed);
        }
    }

    private static ImageDetails Describe(ImageDetails details, ImageProgress progress) =>
        details with
        {
            Percent = progress.Percent ?? details.Percent,
            Model = progress.Task?.Model?.Id ?? details.Model,
            ModelName = progress.Task?.ModelName ?? details.ModelName,
            Credits = progress.Task?.Credits ?? progress.Credits ?? details.Credits,
            Adjustments = progress.Adjustments.Count > 0 ? progress.Adjustments : details.Adjustments,
            MissingCount = progress.Result is { } result ? result.Failures.Count + result.MissingCount : details.MissingCount,
        };

    private static ImageState StateOf(ImageStage stage) => stage switch
    {
        ImageStage.Preparing or ImageStage.Uploading or ImageStage.Submitting => ImageState.Uploading,
        ImageStage.Accepted or ImageStage.Generating => ImageState.Generating,
        _ => ImageState.Saving,
    };

    [LoggerMessage(1, LogLevel.Information, "Image {Id} is finished.")]
    private partial void Finished(string id);

    [LoggerMessage(2, LogLevel.Warning, "Image {Id}: {Kind}. {Message}")]
    private partial void Ended(string id, ImaErrorKind kind, string message);

    [LoggerMessage(3, LogLevel.Information, "Image {Id} continues in the next process.")]
    private partial void Stopped(string id);
}
