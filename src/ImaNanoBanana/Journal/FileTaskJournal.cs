using System.Runtime.CompilerServices;
using ImaNanoBanana.Journal;

namespace ImaNanoBanana;

/// <summary>
/// A journal in a folder: one small JSON file for each key. It survives crashes, and several processes may share the folder
/// without a lock: a key is claimed by creating its file, which only one of them can.
/// </summary>
/// <remarks>
/// <para>Thread-safe. The files hold neither the API key nor a prompt. Files that are none of the journal's are left
/// alone. A file of the journal that cannot be read is reported as a purchase of unknown outcome with the key
/// <c>damaged:</c> and the file's name: <c>ForgetAsync</c> of that key removes it.</para>
/// <para>An entry is on the disk before an order is sent. Whether it is still there after a power failure is up to the file
/// system; after a crash of the process it is. The folder has to be on a file system that all processes see alike, which
/// some network shares are not.</para>
/// </remarks>
public sealed class FileTaskJournal : ITaskJournal
{
    private static readonly TimeSpan TidyingInterval = TimeSpan.FromHours(1);

    /// <summary>A temporary file that is older was left by a process that is gone.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromDays(1);

    private readonly JournalFolder _folder;
    private readonly string _registration;
    private readonly TimeSpan _retention;
    private readonly TimeProvider _time;
    private long _nextTidying;

    /// <summary>A journal in a folder.</summary>
    /// <param name="folder">The folder; created with the first claim.</param>
    /// <param name="registration">Whose purchases: clients with different API keys may share a folder under different names. Empty for the only one.</param>
    /// <param name="retention">How long a finished purchase is kept after its end, 30 days when null. Others are kept until they are finished or forgotten.</param>
    /// <param name="timeProvider">The clock that the retention goes by; null for the system's.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retention"/> is negative.</exception>
    public FileTaskJournal(string folder, string registration = "", TimeSpan? retention = null, TimeProvider? timeProvider = null)
        : this(folder, registration, retention, timeProvider, JournalFolder.Open)
    {
    }

    /// <summary>For tests of disks that fail: everything is written through <paramref name="open"/>.</summary>
    internal FileTaskJournal(
        string folder, string registration, TimeSpan? retention, TimeProvider? timeProvider, Func<string, FileMode, Stream> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(registration);
        _retention = retention ?? TimeSpan.FromDays(30);
        ArgumentOutOfRangeException.ThrowIfLessThan(_retention, TimeSpan.Zero, nameof(retention));
        _folder = new JournalFolder(Path.GetFullPath(folder), registration, open);
        _registration = registration;
        _time = timeProvider ?? TimeProvider.System;
        _nextTidying = _time.GetTimestamp();
    }

    /// <inheritdoc/>
    public Task<JournalEntry?> FindAsync(string operationKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operationKey);
        return Task.Run(() => _folder.Read(_folder.PathOf(operationKey)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JournalEntry?> ClaimAsync(JournalEntry claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Task.Run(() => Claim(claim with { Registration = _registration }), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> UpdateAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Task.Run(() => Update(entry with { Registration = _registration }), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Task.Run(() => Remove(entry), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var entry in await Task.Run(() => List(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    private JournalEntry? Claim(JournalEntry claim)
    {
        _folder.Create();
        var path = _folder.PathOf(claim.OperationKey);
        while (!_folder.TryWriteNew(path, claim))
        {
            // Another claim was first. It may be gone again by now, and then the key is free.
            if (_folder.Read(path) is { } there)
            {
                return there;
            }
        }

        return null;
    }

    private bool Update(JournalEntry entry)
    {
        var path = _folder.PathOf(entry.OperationKey);
        var temporary = _folder.WriteTemporary(path, entry);
        try
        {
            if (!IsThere(path, entry))
            {
                return false;
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            JournalFolder.DeleteAnyhow(temporary);
        }

        Tidy();
        return true;
    }

    private bool Remove(JournalEntry entry)
    {
        var path = _folder.PathOf(entry.OperationKey);
        if (!IsThere(path, entry))
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    private List<JournalEntry> List(CancellationToken cancellationToken)
    {
        var entries = new List<JournalEntry>();
        foreach (var path in _folder.Entries())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_folder.ReadAnyhow(path) is { } entry && entry.Registration == _registration)
            {
                entries.Add(entry);
            }
        }

        return [.. entries.OrderBy(entry => entry.ClaimedAt)];
    }

    private bool IsThere(string path, JournalEntry entry) => _folder.Read(path) is { } there && there.ClaimId == entry.ClaimId;

    /// <summary>Removes what is finished and old, once in a while. What cannot be removed now is left for later.</summary>
    private void Tidy()
    {
        var due = Volatile.Read(ref _nextTidying);
        var timestamp = _time.GetTimestamp();
        var next = timestamp + (long)(TidyingInterval.TotalSeconds * _time.TimestampFrequency);
        if (timestamp < due || Interlocked.CompareExchange(ref _nextTidying, next, due) != due)
        {
            return;
        }

        try
        {
            var now = _time.GetUtcNow().UtcDateTime;
            Delete(_folder.Temporaries().Where(path => now - File.GetLastWriteTimeUtc(path) > LongestWrite));
            Delete(_folder.Entries().Where(path => now - File.GetLastWriteTimeUtc(path) > _retention).Where(IsFinished));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next time.
        }
    }

    private bool IsFinished(string path) => _folder.Read(path) is { State: JournalState.Completed or JournalState.Failed };

    private static void Delete(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            File.Delete(path);
        }
    }
}
