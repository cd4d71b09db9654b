using System.Text;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>Collects everything that a run produced, by channel, and checks it. Thread-safe.</summary>
internal sealed class Recording
{
    private readonly List<(LeakChannel Channel, string Text)> _texts = [];

    /// <summary>
    /// The runtime's own event for the start of a request contains its URL, from .NET 9 on without the query. No code of an app or a
    /// library is involved.
    /// </summary>
    public static bool EventsHaveQueries { get; } = Environment.Version.Major < 9;

    public void Add(LeakChannel channel, string? text)
    {
        lock (_texts)
        {
            _texts.Add((channel, text ?? ""));
        }
    }

    /// <summary>Bytes are checked as ASCII and as UTF-16.</summary>
    public void Add(LeakChannel channel, ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        Add(channel, text);
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Add(channel, text.Replace("\0", "", StringComparison.Ordinal));
        }
    }

    public bool Has(LeakChannel channel, string part)
    {
        lock (_texts)
        {
            return _texts.Exists(entry => entry.Channel == channel && entry.Text.Contains(part, StringComparison.Ordinal));
        }
    }

    /// <summary>The secrets in places where they must not be, each once per channel.</summary>
    public IReadOnlyList<Leak> Leaks()
    {
        (LeakChannel Channel, string Text)[] texts;
        lock (_texts)
        {
            texts = [.. _texts];
        }

        return
        [
            .. from entry in texts
               from secret in Secret.All
               where !MayHold(entry.Channel, secret)
               let excerpt = secret.Find(entry.Text)
               where excerpt is not null
               group new Leak(entry.Channel, secret, excerpt) by (entry.Channel, secret) into same
               select same.First(),
        ];
    }

    /// <summary>
    /// An image object is meant to carry a URL, and an app's handler sees the target of a request. Neither may contain the key, and no URL
    /// may.
    /// </summary>
    private static bool MayHold(LeakChannel channel, Secret secret) => secret != Secret.Key
        && (channel is LeakChannel.Object or LeakChannel.Handler || (channel == LeakChannel.RuntimeEvent && EventsHaveQueries));
}
