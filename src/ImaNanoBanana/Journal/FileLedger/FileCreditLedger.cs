using ImaNanoBanana.Journal;
using ImaNanoBanana.Journal.FileJournal;
using ImaNanoBanana.Journal.FileLedger;
using ImaNanoBanana.Journal.Usage;

namespace ImaNanoBanana;

/// <summary>
/// Counts the credits of budgets in a folder, with one small JSON file for each account, so that all processes of a machine that
/// share the folder spend one budget, which survives restarts. An account is changed under a lock of the operating system that ends with
/// its process.
/// </summary>
/// <remarks>
/// <para>Thread-safe. The folder may be that of a <see cref="FileTaskJournal"/>. Only the owner can read the files. They contain no
/// API key and no prompt. All times are those of the file system's clock. The folder must be on a file system that all processes
/// see in the same state, which is not the case for some network shares.</para>
/// <para>A reservation of a living process is never taken away. If its process is gone, the journal decides when the reservation is
/// 15 minutes old and the account is used again: with a submission in the journal, the credits count as spent, also if the submission
/// failed or its outcome is unknown; otherwise they are released. Without a journal, they stay reserved, and so do
/// reservations that were made outside the client.</para>
/// <para>If the file of an account is damaged, every call for the account throws an <see cref="InvalidDataException"/>, and the file is
/// not changed. A reservation that throws sends nothing (<see cref="ImaErrorKind.NotSent"/>).</para>
/// <para>An account that is used with a period contains the submissions of its longest period; what was spent before is removed. For a
/// budget without a period, it is added to a total.</para>
/// </remarks>
public sealed class FileCreditLedger : ICreditLedger
{
    private readonly ITaskJournal? _journal;
    private readonly JournalFolder _clock;
    private readonly AccountFolder _accounts;
    private readonly JournalLocks _locks;
    private readonly LedgerHolder _holder;

    /// <summary>Initializes a ledger in a folder.</summary>
    /// <param name="folder">The folder. It is created with the first reservation and is then accessible only to its owner.</param>
    /// <param name="journal">The journal of all clients that use the ledger; null if they have no journal, or different ones. A journal in
    /// memory counts as none, because it does not survive its process.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    public FileCreditLedger(string folder, ITaskJournal? journal = null)
        : this(folder, journal, JournalFolder.Open)
    {
    }

    /// <summary>For tests of failing disks: all files are written through <paramref name="open"/>.</summary>
    internal FileCreditLedger(string folder, ITaskJournal? journal, Func<string, FileMode, Stream> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var path = Path.GetFullPath(folder);
        _journal = journal;
        _clock = new JournalFolder(path, "", open);
        _accounts = new AccountFolder(path, open);
        _locks = new JournalLocks(_clock.LocksFolder);
        _holder = new LedgerHolder(_locks);
    }

    /// <summary>Whether the journal knows what became of a submission whose process is gone.</summary>
    private bool HasLastingJournal => _journal is not (null or MemoryTaskJournal or IPartialJournal { RecordsEverySubmission: false });

    /// <inheritdoc/>
    public ValueTask<bool> TryReserveAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(entry);
        return new ValueTask<bool>(Task.Run(() => ReserveAsync(account, entry, cancellationToken), cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default) =>
        EndAsync(account, entry, static (credits, id, now) => credits.Commit(id, now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default) =>
        EndAsync(account, entry, static (credits, id, _) => credits.Release(id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CreditUsage> GetUsageAsync(CreditAccount account, CancellationToken cancellationToken = default) =>
        ReadAsync(account, (credits, now) => credits.Usage(account, now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> GetFreeAfterAsync(
        CreditAccount account, decimal credits, CancellationToken cancellationToken = default) =>
        ReadAsync(account, (there, now) => there.FreeAfter(account, credits, now), cancellationToken);

    private ValueTask<T> ReadAsync<T>(
        CreditAccount account, Func<AccountCredits, DateTimeOffset, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new ValueTask<T>(Task.Run(() => read(_accounts.Read(account.Name), _clock.Now()), cancellationToken));
    }

    private async Task<bool> ReserveAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken)
    {
        _clock.Create();
        IReadOnlyList<SettledReservation>? settled = null;
        while (true)
        {
            List<AccountEntry> gone;
            using (await _locks.TakeAsync(AccountFolder.HashOf(account.Name), cancellationToken).ConfigureAwait(false))
            {
                var (before, now) = (_accounts.Read(account.Name), _clock.Now());
                gone = settled is null ? Gone(before, now) : [];
                if (gone.Count == 0)
                {
                    return Reserve(account, entry, before, settled ?? [], now);
                }
            }

            // The journal of an app may be slow, so it is asked without the lock.
            settled = await LookUpAsync(gone, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Reserve(
        CreditAccount account,
        CreditLedgerEntry entry,
        AccountCredits before,
        IReadOnlyList<SettledReservation> settled,
        DateTimeOffset now)
    {
        var credits = settled.Aggregate(before, static (credits, item) => credits.Settle(item)).Tidy(account.Period, now);
        var holder = _holder.Add(account.Name, entry.Id);
        var reserved = credits.TryReserve(account, new AccountEntry(entry.Id, entry.Credits, now)
        {
            Holder = holder,
            IdempotencyKey = HasLastingJournal && entry.IdempotencyKey.Length > 0 ? entry.IdempotencyKey : null,
        });
        var after = reserved ?? credits;
        if (after != before)
        {
            _accounts.Replace(after);
        }

        if (after.Find(entry.Id)?.Holder != holder)
        {
            _holder.Remove(account.Name, entry.Id);
        }

        return reserved is not null;
    }

    private ValueTask EndAsync(
        CreditAccount account,
        CreditLedgerEntry entry,
        Func<AccountCredits, string, DateTimeOffset, AccountCredits> end,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(entry);
        return new ValueTask(Task.Run(
            async () =>
            {
                _clock.Create();
                using var held = await _locks.TakeAsync(AccountFolder.HashOf(account.Name), cancellationToken).ConfigureAwait(false);
                var (before, now) = (_accounts.Read(account.Name), _clock.Now());
                var after = end(before, entry.Id, now);
                if (after != before)
                {
                    _accounts.Replace(after.Tidy(account.Period, now));
                }

                _holder.Remove(account.Name, entry.Id);
            },
            cancellationToken));
    }

    /// <returns>The old reservations of processes that are gone, of which a journal knows what became of them.</returns>
    private List<AccountEntry> Gone(AccountCredits credits, DateTimeOffset now) =>
    [
        .. credits.Entries
            .Where(entry => entry is { IsReserved: true, IdempotencyKey: not null } && now - entry.At >= AccountCredits.Stale)
            .GroupBy(static entry => entry.Holder!)
            .Where(entries => !_locks.IsAlive(entries.Key))
            .SelectMany(static entries => entries)
            .Where(_ => HasLastingJournal),
    ];

    private async Task<IReadOnlyList<SettledReservation>> LookUpAsync(
        IReadOnlyList<AccountEntry> reservations, CancellationToken cancellationToken)
    {
        var settled = new List<SettledReservation>();
        foreach (var reservation in reservations)
        {
            var there = await _journal!.FindAsync(reservation.IdempotencyKey!, cancellationToken).ConfigureAwait(false);
            settled.Add(new SettledReservation(reservation, SpentAt(reservation, there, _clock.Now())));
        }

        return settled;
    }

    /// <returns>When the submission of a reservation was claimed; null if it never was, or was not charged.</returns>
    private static DateTimeOffset? SpentAt(AccountEntry reservation, TaskJournalEntry? there, DateTimeOffset now)
    {
        if (there is null)
        {
            return null;
        }

        // An entry that cannot be read completely may be that of this submission.
        var isOther = there.IdempotencyKey == reservation.IdempotencyKey && there.ClaimId.Length > 0 && there.ClaimId != reservation.Id;
        if (isOther)
        {
            return null;
        }

        // The journal may have another clock.
        var claimedAt = there.ClaimedAt < now ? there.ClaimedAt : now;
        return claimedAt > reservation.At ? claimedAt : reservation.At;
    }
}
