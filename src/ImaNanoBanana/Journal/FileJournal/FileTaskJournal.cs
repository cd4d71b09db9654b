using System.Runtime.CompilerServices;
using ImaNanoBanana.Journal.FileJournal;

namespace ImaNanoBanana;

/// <summary>
/// Stores a journal in a folder, with one small JSON file for each idempotency key. The journal survives crashes, and several
/// processes can share the folder: a key is claimed by creating its file, which only one process can do, and an entry is changed
/// under a lock of the operating system that ends with its process.
/// </summary>
/// <remarks>
/// <para>Thread-safe. The files contain neither the API key nor a prompt, and only their owner can read them. Files that do not
/// belong to the journal are left unchanged. A file of the journal that cannot be read is reported as a submission whose outcome is
/// unknown, with the key <c>damaged:</c> followed by a part of the file name. <c>RemoveAsync</c> with that key removes the
/// file.</para>
/// <para>The journal uses the time of the file system, which it reads from a newly written file. A process whose clock is wrong
/// therefore cannot take over or remove entries of other processes.</para>
/// <para>An entry is on the disk before a create request is sent. It survives a crash of the process. Whether it survives a power
/// failure depends on the file system. The folder must be on a file system that all processes see in the same state, which is not
/// the case for some network shares.</para>
/// </remarks>
public sealed class FileTaskJournal : ITaskJournal
{
    private static readonly TimeSpan TidyingInterval = TimeSpan.FromHours(1);

    private readonly JournalFolder _folder;
    private readonly JournalLocks _locks;
    private readonly JournalWatches _watches;
    private readonly string _registration;
    private readonly TimeSpan _retention;
    private readonly TimeProvider _time;
    private long _nextTidying;

    /// <summary>Initializes a journal in a folder.</summary>
    /// <param name="folder">The folder. It is created with the first claim and is then accessible only to its owner.</param>
    /// <param name="registration">The name under which submissions are stored. Clients with different API keys can share a folder
    /// under different names. Empty if there is only one client.</param>
    /// <param name="retention">How long a finished submission is kept after its end; 30 days if null. Other submissions are kept until
    /// they are finished or removed.</param>
    /// <param name="timeProvider">The clock that determines how often the journal searches for old files, but never how old they are;
    /// null for the system clock.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retention"/> is negative.</exception>
    public FileTaskJournal(string folder, string registration = "", TimeSpan? retention = null, TimeProvider? timeProvider = null)
        : this(folder, registration, retention, timeProvider, JournalFolder.Open)
    {
    }

    /// <summary>For tests of failing disks: all files are written through <paramref name="open"/>.</summary>
    internal FileTaskJournal(
        string folder, string registration, TimeSpan? retention, TimeProvider? timeProvider, Func<string, FileMode, Stream> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(registration);
        _retention = retention ?? TimeSpan.FromDays(30);
        ArgumentOutOfRangeException.ThrowIfLessThan(_retention, TimeSpan.Zero, nameof(retention));
        _folder = new JournalFolder(Path.GetFullPath(folder), registration, open);
        _locks = new JournalLocks(_folder.LocksFolder);
        _watches = new JournalWatches(_folder, _locks);
        _registration = registration;
        _time = timeProvider ?? TimeProvider.System;
        _nextTidying = _time.GetTimestamp();
    }

    /// <summary>The last removal of old files. Only tests wait for it.</summary>
    internal Task Tidying { get; private set; } = Task.CompletedTask;

    /// <inheritdoc/>
    public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(idempotencyKey);
        return Task.Run(() => _folder.Read(_folder.HashOf(idempotencyKey)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Task.Run(() => AddAsync(claim with { Registration = _registration }, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return ChangeAsync(
            entry,
            static _ => true,
            (hash, _) => Tidy(_folder.Replace(hash, entry with { Registration = _registration })),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return ChangeAsync(
            claim,
            static there => there.State == TaskJournalState.Claimed,
            (hash, there) => _folder.Replace(hash, there with { ClaimedAt = _folder.Now() }),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return ChangeAsync(entry, static _ => true, (hash, _) => _folder.Remove(hash), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default) =>
        ListAsync(new TaskJournalFilter { FinishedSince = DateTimeOffset.MinValue }, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<TaskJournalEntry> ListAsync(
        TaskJournalFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        foreach (var entry in await Task.Run(() => Entries(filter, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryWatchAsync(
        TaskJournalEntry entry, string watcher, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(watcher);
        return Task.Run(
            async () =>
            {
                if (!_folder.Exists)
                {
                    return true;
                }

                var hash = _folder.HashOf(entry.IdempotencyKey);
                using var held = await _locks.TakeAsync(hash, cancellationToken).ConfigureAwait(false);
                return _watches.TryTake(hash, watcher, lease);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => (DateTimeOffset?)_folder.Now(), cancellationToken);

    private async Task<TaskJournalEntry?> AddAsync(TaskJournalEntry claim, CancellationToken cancellationToken)
    {
        _folder.Create();
        var hash = _folder.HashOf(claim.IdempotencyKey);
        using var held = await _locks.TakeAsync(hash, cancellationToken).ConfigureAwait(false);
        while (!_folder.TryAdd(hash, claim))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Another claim was first. It may have been removed by now; then the key is free.
            if (_folder.Read(hash) is { } there)
            {
                return there;
            }
        }

        return null;
    }

    /// <summary>Changes an existing entry under the lock of its key, so that the change applies to the entry that was read.</summary>
    private Task<bool> ChangeAsync(
        TaskJournalEntry entry,
        Func<TaskJournalEntry, bool> applies,
        Action<string, TaskJournalEntry> change,
        CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            if (!_folder.Exists)
            {
                return false;
            }

            var hash = _folder.HashOf(entry.IdempotencyKey);
            using var held = await _locks.TakeAsync(hash, cancellationToken).ConfigureAwait(false);
            if (_folder.Read(hash) is not { } there || there.ClaimId != entry.ClaimId || !applies(there))
            {
                return false;
            }

            change(hash, there);
            return true;
        },
        cancellationToken);

    private List<TaskJournalEntry> Entries(TaskJournalFilter filter, CancellationToken cancellationToken)
    {
        var files = _folder.Files(cancellationToken);
        var done = files.Where(file => file.IsDone).Select(file => file.Hash).ToHashSet(StringComparer.Ordinal);
        var entries = new List<TaskJournalEntry>();
        var wanted = files.Where(file =>
            !file.IsTemporary && (file.IsDone ? file.WrittenAt >= filter.FinishedSince : !done.Contains(file.Hash)));
        foreach (var file in wanted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_folder.ReadListed(file, filter.Registration ?? _registration) is { } entry && filter.IsOnPage(entry))
            {
                entries.Add(entry);
            }
        }

        return filter.Page(entries);
    }

    /// <summary>
    /// Removes finished entries that are old, and files that killed processes left half written. Runs occasionally and in the
    /// background.
    /// </summary>
    /// <param name="now">The current time of the file system clock.</param>
    private void Tidy(DateTimeOffset now)
    {
        var due = Volatile.Read(ref _nextTidying);
        var timestamp = _time.GetTimestamp();
        var next = timestamp + (long)(TidyingInterval.TotalSeconds * _time.TimestampFrequency);
        if (timestamp >= due && Interlocked.CompareExchange(ref _nextTidying, next, due) == due)
        {
            Tidying = Task.Run(() => JournalTidying.Run(_folder, _locks, now, _retention));
        }
    }
}
