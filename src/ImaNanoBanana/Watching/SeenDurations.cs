using System.Collections.Concurrent;
using ImaNanoBanana.Catalog;

namespace ImaNanoBanana.Watching;

/// <summary>
/// Remembers how long the last tasks of a client took, for each model and size, so that polls follow the service where the product list
/// is wrong or says nothing. The oldest durations make way for new ones. Thread-safe.
/// </summary>
internal sealed class SeenDurations
{
    /// <summary>The number of durations of a model and size that are kept.</summary>
    public const int Kept = 32;

    /// <summary>The number of durations from which on they are used instead of the product list.</summary>
    public const int Enough = 4;

    /// <summary>Models and sizes come from the app, so their number is limited.</summary>
    private const int MostKinds = 64;

    /// <summary>From this number of durations on, the shortest one does not count: one unusually fast task moves no polls.</summary>
    private const int EnoughWithoutShortest = 8;

    /// <summary>The next task may be somewhat faster or slower than those that were seen.</summary>
    private const double Faster = 0.94;
    private const double Slower = 1.1;

    /// <summary>
    /// A task may have finished at any time since the poll before. No more than this is deducted, so that few polls before the expected
    /// time do not make the expected time ever shorter.
    /// </summary>
    private static readonly TimeSpan MostDeducted = TimeSpan.FromSeconds(2.25);

    /// <summary>Polls that are further apart had to wait for the request limiter and say little about the task.</summary>
    private static readonly TimeSpan LongestGap = PollSchedule.Longest + TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(ImageModel, ImageSize?), Kind> _kinds = new();

    /// <returns>How long a task like this is expected to take; null if too few were seen.</returns>
    public ExpectedTime? Find(ImageTask task) =>
        task.Model is { } model && _kinds.TryGetValue((model, task.Size), out var kind) ? kind.Expected : null;

    /// <param name="task">A task that was finished between two polls.</param>
    /// <param name="unfinishedAt">Its age at the last poll before that.</param>
    /// <param name="finishedAt">Its age at the first poll after that.</param>
    public void Add(ImageTask task, TimeSpan unfinishedAt, TimeSpan finishedAt)
    {
        var gap = finishedAt - unfinishedAt;
        if (task.Model is not { } model || gap > LongestGap)
        {
            return;
        }

        var key = (model, task.Size);
        if (_kinds.Count < MostKinds || _kinds.ContainsKey(key))
        {
            _kinds.GetOrAdd(key, static _ => new Kind()).Add(finishedAt - (gap / 2 < MostDeducted ? gap / 2 : MostDeducted));
        }
    }

    private sealed class Kind
    {
        private readonly object _gate = new();
        private readonly TimeSpan[] _last = new TimeSpan[Kept];
        private int _added;
        private ExpectedTime? _expected;

        public ExpectedTime? Expected
        {
            get
            {
                lock (_gate)
                {
                    return _expected;
                }
            }
        }

        public void Add(TimeSpan duration)
        {
            lock (_gate)
            {
                _last[_added++ % Kept] = duration;
                var count = Math.Min(_added, Kept);
                if (count < Enough)
                {
                    return;
                }

                Span<TimeSpan> sorted = stackalloc TimeSpan[count];
                _last.AsSpan(0, count).CopyTo(sorted);
                sorted.Sort();
                _expected = new ExpectedTime(sorted[count < EnoughWithoutShortest ? 0 : 1] * Faster, sorted[^1] * Slower);
            }
        }
    }
}
