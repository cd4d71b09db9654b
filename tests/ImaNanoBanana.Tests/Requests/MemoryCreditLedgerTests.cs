using ImaNanoBanana.Requests.Credits;

namespace ImaNanoBanana.Tests.Requests;

public class MemoryCreditLedgerTests
{
    private readonly TestTimeProvider _time = new();
    private readonly MemoryCreditLedger _ledger;

    public MemoryCreditLedgerTests() => _ledger = new MemoryCreditLedger(_time);

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
}
