using ImaNanoBanana.Requests;
using ImaNanoBanana.Requests.Credits;

namespace ImaNanoBanana.Journal;

/// <summary>Determines what a journal knows to be spent or reserved: every submission in it may have been charged.</summary>
internal static class JournalSpending
{
    /// <summary>Counts the submissions of a journal in a budget.</summary>
    /// <exception cref="ImaException">The journal failed.</exception>
    public static async Task CountAsync(
        ITaskJournal journal,
        CreditBudget budget,
        string? batch,
        string idempotencyKey,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        try
        {
            await budget.CountAsync(
                journal, batch, period => ReadAsync(journal, batch, period, time), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw JournalErrors.NotWritten(idempotencyKey, exception);
        }
    }

    /// <param name="journal">The journal.</param>
    /// <param name="batch">The name of the batch whose submissions are counted; null for all submissions.</param>
    /// <param name="period">The length of the period that ends now; null for everything in the journal.</param>
    /// <param name="time">The clock to use if the journal has none.</param>
    /// <returns>What the submissions of the period cost.</returns>
    /// <exception cref="IOException">The journal could not be listed in time.</exception>
    public static Task<IReadOnlyList<PastCharge>> ReadAsync(ITaskJournal journal, string? batch, TimeSpan? period, TimeProvider time)
    {
        return JournalListing.ReadAsync(ReadAllAsync, time, CancellationToken.None);

        async Task<IReadOnlyList<PastCharge>> ReadAllAsync(CancellationToken cancellationToken)
        {
            var now = await journal.GetTimeAsync(cancellationToken).ConfigureAwait(false) ?? time.GetUtcNow();
            var since = period < now - DateTimeOffset.MinValue ? now - period.Value : DateTimeOffset.MinValue;
            var charges = new List<PastCharge>();
            var filter = new TaskJournalFilter { FinishedSince = since };
            await foreach (var entry in journal.ListAsync(filter, cancellationToken).ConfigureAwait(false))
            {
                if ((period is null || entry.ClaimedAt > since) && (batch is null || BatchKey.IsOf(batch, entry.IdempotencyKey)))
                {
                    // A submission whose time is in the future counts as made just now.
                    var age = now > entry.ClaimedAt ? now - entry.ClaimedAt : TimeSpan.Zero;
                    charges.Add(new PastCharge(entry.ClaimId, entry.Credits ?? 0, age));
                }
            }

            return charges;
        }
    }
}
