using System.Text.Json;
using ImaNanoBanana.Worker.Storage;
using Quartz;

namespace ImaNanoBanana.Worker.Jobs;

/// <summary>Stores jobs. Any process can do this: a web server, a script or a worker.</summary>
internal sealed class ImageQueue(ISchedulerFactory schedulers, JobTable table, TimeProvider time)
{
    private const string Group = "images";
    private const string RetryGroup = "retries";

    /// <returns>False if the key is known: the job is waiting, running, or has ended.</returns>
    public async Task<bool> TryEnqueueAsync(string key, ImageRequest request, CancellationToken cancellationToken)
    {
        // A durable job keeps its row after its end, so the same key is refused then as well. Quartz checks and stores the key in one
        // transaction with the first trigger: a key that is stored always has a job that will run. A table of this
        // program could not do that.
        var job = JobBuilder.Create<ImageJob>()
            .WithIdentity(key, Group)
            .StoreDurably()
            .RequestRecovery()
            .UsingJobData(ImageJob.Request, JsonSerializer.Serialize(request, ImaNanoBananaJsonContext.Default.ImageRequest))
            .Build();
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        try
        {
            await scheduler.ScheduleJob(job, Now(key, Group), cancellationToken: cancellationToken);
        }
        catch (ObjectAlreadyExistsException)
        {
            return false;
        }

        await table.AddAsync(key, cancellationToken);
        return true;
    }

    /// <summary>
    /// Starts a job again that is parked or failed. This never submits a key twice: if the journal knows a task for the key, the job gets
    /// that task; if the outcome of the submission is unknown, the job is parked again.
    /// </summary>
    /// <returns>False if the job is already waiting to start, or does not exist.</returns>
    public async Task<bool> TryRetryAsync(string key, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        if (!await scheduler.Exists(new JobKey(key, Group), cancellationToken))
        {
            return false;
        }

        try
        {
            var trigger = Now(key, RetryGroup).GetTriggerBuilder().ForJob(key, Group).Build();
            await scheduler.ScheduleJob(trigger, cancellationToken: cancellationToken);
        }
        catch (ObjectAlreadyExistsException)
        {
            return false;
        }

        return true;
    }

    private ITrigger Now(string key, string group) => TriggerBuilder.Create().WithIdentity(key, group).StartAt(time.GetUtcNow()).Build();
}
