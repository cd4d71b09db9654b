using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using ImaNanoBanana.Studio.Credits;
using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Generating;

/// <summary>
/// Runs all images that no one runs: new ones, those of the time before a restart, and those of a process that is gone.
/// </summary>
[SuppressMessage("Design", "CA1031", Justification = "Whatever happens to one image, the others go on.")]
internal sealed partial class ImageRunner(
    ImageTable table,
    FileTable files,
    ImageRun run,
    ITaskJournal journal,
    ICreditLedger ledger,
    StudioSettings settings,
    TimeProvider time,
    ILogger<ImageRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RenewInterval = ImageTable.Lease / 4;
    private static readonly TimeSpan TidyInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan DelayAfterInterruption = TimeSpan.FromSeconds(5);

    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";
    private readonly List<Task> _running = [];
    private readonly ConcurrentQueue<string> _interrupted = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private long? _renewedAt;
    private long? _tidiedAt;

    /// <summary>Starts what is waiting.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (ledger is SqliteCreditLedger file)
        {
            // Only this process uses the file. Images that an earlier process had open have no owner any more.
            await file.SettleAsync(journal, cancellationToken);
            await table.ReleaseAsync(null, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = time.CreateTimer(_ => Wake(), null, TimeSpan.Zero, Interval);
        try
        {
            while (await _signal.Reader.WaitToReadAsync(stoppingToken))
            {
                _signal.Reader.TryRead(out _);
                try
                {
                    await MaintainAsync(stoppingToken);
                    await StartRunsAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    NotStarted(exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A create request that is under way is still recorded; everything else continues in the next process.
            await Task.WhenAll(_running);
            await table.ReleaseAsync(_owner, CancellationToken.None);
        }
    }

    private async Task MaintainAsync(CancellationToken stoppingToken)
    {
        if (_renewedAt is not { } renewedAt || time.GetElapsedTime(renewedAt) >= RenewInterval)
        {
            _renewedAt = time.GetTimestamp();
            await table.RenewAsync(_owner, stoppingToken);
        }

        while (_interrupted.TryPeek(out var id))
        {
            await table.ReleaseAsync(id, DelayAfterInterruption, stoppingToken);
            _interrupted.TryDequeue(out _);
        }

        if (_tidiedAt is not { } tidiedAt || time.GetElapsedTime(tidiedAt) >= TidyInterval)
        {
            _tidiedAt = time.GetTimestamp();
            await table.RemoveOldAsync(settings.Retention, stoppingToken);
            await files.RemoveOldAsync(settings.Retention, stoppingToken);
        }
    }

    private async Task StartRunsAsync(CancellationToken stoppingToken)
    {
        _running.RemoveAll(task => task.IsCompleted);
        var free = settings.MaxConcurrency - _running.Count;
        if (free > 0)
        {
            var taken = await table.TakeAsync(_owner, free, stoppingToken);
            _running.AddRange(taken.Select(image => RunAsync(image, stoppingToken)));
        }
    }

    private async Task RunAsync(StoredImage image, CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await run.RunAsync(image, stoppingToken);
        }
        catch (Exception exception)
        {
            // The database is down, for example. The image is still open, and the next run continues it.
            _interrupted.Enqueue(image.Id);
            Interrupted(image.Id, exception);
        }

        Wake();
    }

    [LoggerMessage(1, LogLevel.Warning, "The waiting images could not be started. It is tried again.")]
    private partial void NotStarted(Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The run of image {Id} was interrupted. It is repeated.")]
    private partial void Interrupted(string id, Exception exception);
}
