using ImaNanoBanana.Journal.FileJournal;

namespace ImaNanoBanana.Journal.FileLedger;

/// <summary>
/// Shows other processes that the holder of reservations lives, by a lock of the operating system that ends with the process. It is held
/// as long as the ledger has open reservations, so only a killed process leaves its file.
/// </summary>
/// <param name="locks">The locks of the folder.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class LedgerHolder(JournalLocks locks)
{
    private readonly object _gate = new();
    private readonly HashSet<(string Account, string Id)> _open = [];
    private string _name = "";
    private IDisposable? _alive;

    /// <summary>Call this method before a reservation is written.</summary>
    /// <returns>The holder of the reservation.</returns>
    public string Add(string account, string id)
    {
        lock (_gate)
        {
            if (_alive is null)
            {
                _name = Guid.NewGuid().ToString("N");
                _alive = locks.Live(_name);
            }

            _open.Add((account, id));
            return _name;
        }
    }

    /// <summary>Call this method when the account's file has no such reservation.</summary>
    public void Remove(string account, string id)
    {
        lock (_gate)
        {
            if (_open.Remove((account, id)) && _open.Count == 0)
            {
                _alive?.Dispose();
                _alive = null;
            }
        }
    }
}
