namespace ImaNanoBanana;

/// <summary>Represents the credits of one submission in an <see cref="ICreditLedger"/>. Immutable.</summary>
/// <param name="Id">
/// Identifies the reservation. The client uses the <see cref="TaskJournalEntry.ClaimId"/> of the submission, so that a ledger can look
/// up in the journal what became of a reservation whose process is gone.
/// </param>
/// <param name="IdempotencyKey">
/// The idempotency key of the submission. Empty if it is made outside the client
/// (<see cref="CreditBudget.TryReserveAsync(decimal, CancellationToken)"/>): then no journal knows what became of it, and a ledger must
/// keep the reservation until it is settled.
/// </param>
/// <param name="Credits">The number of credits; not negative.</param>
public sealed record CreditLedgerEntry(string Id, string IdempotencyKey, decimal Credits);
