using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Generating;

/// <summary>Brings the changes of other processes into the feed of this one. Runs only if the database is shared.</summary>
[SuppressMessage("Design", "CA1031", Justification = "A database that fails today may answer tomorrow.")]
internal sealed partial class ChangePoller(
    StudioDatabase database, ImageTable table, ImageFeed feed, TimeProvider time, ILogger<ChangePoller> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    /// <summary>A transaction may become visible later than another one that began after it.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsShared)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        var latest = DateTimeOffset.MaxValue;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!feed.HasSubscriptions)
            {
                continue;
            }

            try
            {
                if (latest == DateTimeOffset.MaxValue)
                {
                    latest = await database.GetTimeAsync(stoppingToken);
                }

                foreach (var image in await table.ListChangedAsync(latest - Overlap, stoppingToken))
                {
                    feed.Publish(image);
                    latest = image.ChangedAt;
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                NotRead(exception);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The changes of other processes could not be read. They are read again.")]
    private partial void NotRead(Exception exception);
}
