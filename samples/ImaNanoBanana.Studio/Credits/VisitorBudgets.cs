using ImaNanoBanana.Studio.Api;
using ImaNanoBanana.Studio.Security;

namespace ImaNanoBanana.Studio.Credits;

/// <summary>The budget of each visitor. The ledger keeps what is spent, so a budget itself can be created at any time.</summary>
internal sealed class VisitorBudgets(ICreditLedger ledger, StudioSettings settings)
{
    public CreditBudget For(Visitor visitor) =>
        new(ledger, new CreditAccount($"visitor:{visitor.Id}", settings.VisitorCredits, settings.Period));

    public async Task<UsageDocument> GetUsageAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        var usage = await For(visitor).GetUsageAsync(cancellationToken);
        return new UsageDocument(usage.Spent, usage.Reserved, usage.Remaining, settings.VisitorCredits, settings.Period.TotalHours);
    }
}
