using System.Text.Json;
using ImaNanoBanana.Worker.Storage;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ImaNanoBanana.Worker.Jobs;

/// <summary>
/// Generates and saves the images of one request. Quartz starts a job at least once, and sometimes in two workers at the same time: a
/// worker that did not report for a few seconds counts as dead, although it may continue later. This is harmless because the name of the
/// job is the idempotency key of the request: the journal lets only one of them submit, and the others get the same task.
/// </summary>
internal sealed partial class ImageJob(IImaImageClient client, JobTable table, WorkerSettings settings, ILogger<ImageJob> logger) : IJob
{
    public const string Request = "request";

    private static readonly ImageSaveOptions Replace = new() { FileConflictBehavior = FileConflictBehavior.Overwrite };

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var key = context.JobDetail.Key.Name;
        if (!await table.SetAsync(key, JobState.Running, null, cancellationToken))
        {
            // Its worker ended after the image was saved and before Quartz knew it.
            WasSaved(key);
            return;
        }

        var isLastAttempt = context.RetryAttempt >= context.RetryPolicy?.MaxAttempts;
        try
        {
            var (result, paths) = await GenerateAsync(key, context.MergedJobDataMap.GetString(Request)!, cancellationToken);
            if (JobDecision.After(result, isLastAttempt) is { } incomplete)
            {
                await EndAsync(key, incomplete, null, cancellationToken);
                return;
            }

            await table.SetAsync(key, JobState.Saved, string.Join('\n', paths), cancellationToken);
            Saved(key, paths[0]);
        }
        catch (Exception exception) when (exception is not JobExecutionException && !cancellationToken.IsCancellationRequested)
        {
            await EndAsync(key, JobDecision.After(exception, isLastAttempt), exception, cancellationToken);
        }
    }

    /// <exception cref="JobExecutionException">The job is tried again.</exception>
    private async Task EndAsync(string key, JobDecision decision, Exception? exception, CancellationToken cancellationToken)
    {
        await table.SetAsync(key, decision.State, decision.Reason, cancellationToken);
        Ended(key, decision.State, decision.Reason);
        if (decision.State == JobState.Retrying)
        {
            // Quartz stores the next attempt in the same transaction that ends this one.
            throw exception is null ? new JobExecutionException(decision.Reason) : new JobExecutionException(decision.Reason, exception);
        }
    }

    private async Task<(ImageResult Result, IReadOnlyList<string> Paths)> GenerateAsync(
        string key, string json, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.Deserialize(json, ImaNanoBananaJsonContext.Default.ImageRequest)!;
        var result = await client.GenerateAsync(request with { IdempotencyKey = key }, cancellationToken);
        var paths = new List<string>();
        foreach (var (index, image) in result.Images.Index())
        {
            // The name comes from the key, so that a job that runs twice writes the same file twice.
            var name = ImageFileName.FromText(key) + (result.Images.Count == 1 ? "" : $"-{index + 1}");
            var file = await client.SaveAsync(image, Path.Combine(settings.Folder, name), Replace, cancellationToken);
            paths.Add(file.Path!);
            if (file.MatchesRequestedSize == false || file.MatchesRequestedAspectRatio == false)
            {
                Differs(key, file.Width, file.Height);
            }
        }

        return (result, paths);
    }

    [LoggerMessage(1, LogLevel.Information, "{Key} is saved as {Path}.")]
    private partial void Saved(string key, string path);

    [LoggerMessage(3, LogLevel.Information, "{Key} was saved before.")]
    private partial void WasSaved(string key);

    [LoggerMessage(4, LogLevel.Warning, "{Key} has {Width} x {Height} pixels, which is not what was submitted and charged.")]
    private partial void Differs(string key, int width, int height);

    [LoggerMessage(2, LogLevel.Warning, "{Key} is {State}. {Reason}")]
    private partial void Ended(string key, JobState state, string reason);
}
