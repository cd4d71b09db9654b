using ImaNanoBanana.Requests.Credits;

namespace ImaNanoBanana.Tests.Requests;

public class MemoryCreditLedgerTests
{
    private readonly TestTimeProvider _time = new();
    private readonly MemoryCreditLedger _ledger;

    public MemoryCreditLedgerTests() => _ledger = new MemoryCreditLedger(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Credits_are_counted_once(bool hasPeriod) => LedgerScenarios.CountOnceAsync(() => _ledger, hasPeriod);

    [Fact]
    public Task Credits_are_free_when_enough_submissions_leave_the_period() => LedgerScenarios.FreeAfterAsync(() => _ledger, time =>
    {
        _time.Advance(time);
        return Task.CompletedTask;
    });

    /// <summary>What a journal knows of a submission is counted unless the ledger has counted the submission itself.</summary>
    [Theory]
    [InlineData("nothing", 6)]
    [InlineData("reserve", 0)]
    [InlineData("reserve, commit", 5)]
    [InlineData("reserve, release", 6)]
    [InlineData("count without a price", 6)]
    [InlineData("count", 6)]
    public async Task History_counts_each_submission_once(string before, int spent)
    {
        var (account, entry) = (new CreditAccount("", 20), new CreditLedgerEntry("a", "order-1", 5));
        if (before.StartsWith("reserve", StringComparison.Ordinal))
        {
            await _ledger.TryReserveAsync(account, entry, Token);
        }

        await (before switch
        {
            "reserve, commit" => _ledger.CommitAsync(account, entry, Token),
            "reserve, release" => _ledger.ReleaseAsync(account, entry, Token),
            _ => ValueTask.CompletedTask,
        });
        if (before.StartsWith("count", StringComparison.Ordinal))
        {
            _ledger.Count([new PastCharge("a", before == "count" ? 6 : 0, TimeSpan.Zero)]);
        }

        _ledger.Count([new PastCharge("a", 6, TimeSpan.Zero)]);

        Assert.Equal(spent, _ledger.GetUsage(account).Spent);
    }

    /// <summary>A budget whose period becomes longer counts the journal again.</summary>
    [Fact]
    public void Submission_that_left_the_period_is_counted_again_in_a_longer_one()
    {
        var day = new CreditAccount("", 20, TimeSpan.FromDays(1));
        _ledger.Count([new PastCharge("a", 6, TimeSpan.FromHours(23))]);
        Assert.Equal(6, _ledger.GetUsage(day).Spent);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, _ledger.GetUsage(day).Spent);

        _ledger.Count([new PastCharge("a", 6, TimeSpan.FromHours(24))]);

        Assert.Equal(6, _ledger.GetUsage(day with { Period = TimeSpan.FromDays(2) }).Spent);
    }
}
