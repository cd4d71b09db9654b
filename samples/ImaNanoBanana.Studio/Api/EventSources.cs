using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ImaNanoBanana.Studio.Credits;
using ImaNanoBanana.Studio.Generating;
using ImaNanoBanana.Studio.Security;
using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Api;

/// <summary>
/// The events of a connection. Each event has the whole image, and its id is the time of the change, so a client that reconnects with
/// the id of its last event gets what has changed since.
/// </summary>
internal sealed class EventSources(
    ImageTable table, ImageFeed feed, VisitorBudgets budgets, TimeProvider time, IHostApplicationLifetime host)
{
    /// <summary>Proxies end connections on which nothing is sent.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    /// <summary>A transaction may become visible later than another one that began after it.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(2);

    /// <summary>All images of a visitor, without end.</summary>
    /// <param name="visitor">The visitor.</param>
    /// <param name="since">The time of the last event that the client received; null for none.</param>
    /// <param name="language">The language of the texts.</param>
    /// <param name="cancellationToken">Ends the events.</param>
    public async IAsyncEnumerable<SseItem<string>> ReadAllAsync(
        Visitor visitor, DateTimeOffset? since, ImaLanguage language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe(visitor.Id);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var open = await table.ListOpenAsync(visitor.Id, since - Overlap ?? DateTimeOffset.MaxValue, cancellationToken);
        foreach (var image in open)
        {
            subscription.Add(image);
        }

        UsageDocument? shown = null;
        while (!ending.IsCancellationRequested)
        {
            var usage = await budgets.GetUsageAsync(visitor, cancellationToken);
            if (usage != shown)
            {
                shown = usage;
                yield return new SseItem<string>(JsonSerializer.Serialize(usage, StudioJsonContext.Default.UsageDocument), "usage");
            }

            var images = await ReadAsync(subscription, ending.Token);
            foreach (var image in images)
            {
                yield return Item(image, language);
            }

            if (images.Count == 0)
            {
                yield return new SseItem<string>("", "ping");
            }
        }
    }

    /// <summary>One image until it has ended.</summary>
    /// <param name="image">The image.</param>
    /// <param name="language">The language of the texts.</param>
    /// <param name="cancellationToken">Ends the events.</param>
    public async IAsyncEnumerable<SseItem<string>> ReadOneAsync(
        StoredImage image, ImaLanguage language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe(image.Visitor);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);

        // It may have changed before the subscription.
        subscription.Add(await table.FindAsync(image.Visitor, image.Id, cancellationToken) ?? image);
        var hasEnded = false;
        while (!hasEnded && !ending.IsCancellationRequested)
        {
            var images = await ReadAsync(subscription, ending.Token);
            foreach (var changed in images.Where(changed => changed.Id == image.Id))
            {
                hasEnded = changed.HasEnded;
                yield return Item(changed, language);
            }

            if (images.Count == 0)
            {
                yield return new SseItem<string>("", "ping");
            }
        }
    }

    private async Task<IReadOnlyList<StoredImage>> ReadAsync(ImageSubscription subscription, CancellationToken cancellationToken)
    {
        using var ping = new CancellationTokenSource(PingInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ping.Token, cancellationToken);
        return await subscription.ReadAsync(either.Token);
    }

    private static SseItem<string> Item(StoredImage image, ImaLanguage language) =>
        new(JsonSerializer.Serialize(ImageDocument.Create(image, language), StudioJsonContext.Default.ImageDocument), "image")
        {
            EventId = image.ChangedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ReconnectionInterval = TimeSpan.FromSeconds(1),
        };
}
