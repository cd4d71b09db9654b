using System.Runtime.CompilerServices;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Requests.Credits;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>What a journal knows to be spent in a period, and what it is asked for.</summary>
public class JournalSpendingTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly TestTimeProvider _time = new();
    private readonly ListJournal _journal;

    public JournalSpendingTests() => _journal = new ListJournal(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// The hours since the claim, the hours of the period, and the hours that the charge counts as old; null for not at all.
    /// </summary>
    [Theory]
    [InlineData(0.0, 24.0, 0.0)]
    [InlineData(23.5, 24.0, 23.5)]
    [InlineData(24.0, 24.0, null)]
    [InlineData(24.5, 24.0, null)]
    [InlineData(-5.0, 24.0, 0.0)]
    [InlineData(100_000.0, null, 100_000.0)]
    [InlineData(-5.0, null, 0.0)]
    public async Task Submissions_of_the_period_count_with_their_age(double hoursAgo, double? period, double? age)
    {
        _journal.Add("order-1", _time.GetUtcNow().AddHours(-hoursAgo), 6);

        var charges = await ReadAsync(period is { } hours ? TimeSpan.FromHours(hours) : null);

        Assert.Equal(
            age is { } old ? [new PastCharge("claim of order-1", 6, TimeSpan.FromHours(old))] : [],
            charges);
    }

    /// <summary>Submissions that finished before the period are not even listed, however many they are.</summary>
    [Fact]
    public async Task Journal_is_asked_for_the_period_only()
    {
        var now = _time.GetUtcNow();
        await ReadAsync(Day);
        await ReadAsync(null);
        await ReadAsync(TimeSpan.MaxValue);
        await ReadAsync(now - DateTimeOffset.MinValue);

        Assert.Equal(
            [now - Day, DateTimeOffset.MinValue, DateTimeOffset.MinValue, DateTimeOffset.MinValue],
            _journal.Filters.Select(filter => filter.FinishedSince));
    }

    [Fact]
    public async Task Price_that_is_not_known_counts_as_nothing()
    {
        _journal.Add("order-1", _time.GetUtcNow(), null);

        Assert.Equal(0, Assert.Single(await ReadAsync(Day)).Credits);
    }

    /// <summary>The report asks for what it counts, counts from its first moment on, and ends when it is cancelled.</summary>
    [Fact]
    public async Task Usage_since_a_time_is_what_was_claimed_from_then_on()
    {
        var now = _time.GetUtcNow();
        _journal.Add("order-1", now - TimeSpan.FromTicks(1), 5);
        _journal.Add("order-2", now, 6);
        _journal.Add("order-3", now + TimeSpan.FromTicks(1), 7);

        var since = await _journal.GetUsageAsync(now, cancellationToken: Token);
        var all = await _journal.GetUsageAsync(cancellationToken: Token);

        Assert.Equal((2, 13m), (since.Total.Submissions, since.Total.Credits));
        Assert.Equal((3, 18m), (all.Total.Submissions, all.Total.Credits));
        Assert.Equal([now, DateTimeOffset.MinValue], _journal.Filters.Select(filter => filter.FinishedSince));
    }

    [Fact]
    public async Task Usage_ends_when_it_is_cancelled_even_if_the_journal_goes_on()
    {
        _journal.Add("order-1", _time.GetUtcNow(), 6);

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => _journal.GetUsageAsync(cancellationToken: new CancellationToken(canceled: true)));
    }

    private Task<IReadOnlyList<PastCharge>> ReadAsync(TimeSpan? period) => JournalSpending.ReadAsync(_journal, null, period, _time);

    /// <summary>Lists everything whatever the filter, and ignores its token.</summary>
    private sealed class ListJournal(TimeProvider time) : ITaskJournal
    {
        private readonly List<TaskJournalEntry> _entries = [];

        public List<TaskJournalFilter> Filters { get; } = [];

        public void Add(string key, DateTimeOffset at, decimal? price) => _entries.Add(new TaskJournalEntry(key, "AA")
        {
            ClaimId = "claim of " + key,
            ClaimedAt = at,
            State = TaskJournalState.Accepted,
            Task = new ImageTask("task of " + key) { CreditsPerImage = price, Count = 1 },
        });

        public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<TaskJournalEntry> ListAsync(
            TaskJournalFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            Filters.Add(filter);
            foreach (var entry in _entries)
            {
                yield return entry;
            }
        }

        public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult<DateTimeOffset?>(time.GetUtcNow());
    }
}
