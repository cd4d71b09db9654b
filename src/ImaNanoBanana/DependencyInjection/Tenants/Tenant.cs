using ImaNanoBanana.Journal;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>What one tenant has: its key, and the client with the journal, the gate, the options and the budget.</summary>
internal sealed record Tenant(
    ImaImageClient Client, TenantKey Key, AppJournal Journal, IRequestGate? Gate, ImaNanoBananaOptions Options, CreditBudget? Budget)
{
    /// <summary>
    /// Whether nothing is lost if the tenant is dropped and created again: no submission is in progress, and what was spent and which keys
    /// were used is recorded elsewhere.
    /// </summary>
    public bool IsSettled => Journal.IsSettled && Budget?.IsSettled(isCounted: !Journal.IsDefault) is not false;
}
