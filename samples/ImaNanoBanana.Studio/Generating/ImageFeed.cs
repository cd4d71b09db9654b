using System.Collections.Concurrent;
using System.Collections.Immutable;
using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Generating;

/// <summary>Tells the open pages of each visitor which images have changed.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ImageFeed
{
    private readonly ConcurrentDictionary<string, ImmutableList<ImageSubscription>> _subscriptions = new();

    public bool HasSubscriptions => !_subscriptions.IsEmpty;

    /// <returns>Ends when it is disposed.</returns>
    public ImageSubscription Subscribe(string visitor)
    {
        var subscription = new ImageSubscription(ended => Remove(visitor, ended));
        _subscriptions.AddOrUpdate(visitor, [subscription], (_, others) => others.Add(subscription));
        return subscription;
    }

    public void Publish(StoredImage image)
    {
        if (_subscriptions.TryGetValue(image.Visitor, out var subscriptions))
        {
            foreach (var subscription in subscriptions)
            {
                subscription.Add(image);
            }
        }
    }

    private void Remove(string visitor, ImageSubscription subscription)
    {
        var left = _subscriptions.AddOrUpdate(visitor, [], (_, others) => others.Remove(subscription));
        if (left.IsEmpty)
        {
            // Only if it is still the same empty list.
            _subscriptions.TryRemove(new KeyValuePair<string, ImmutableList<ImageSubscription>>(visitor, left));
        }
    }
}
