namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>The place of a tenant in the pool. Only the pool changes it, under its lock.</summary>
/// <param name="id">The id of the tenant.</param>
/// <param name="create">Creates the tenant.</param>
/// <param name="settingsAt">When its settings were read, by the clock's timestamp.</param>
internal sealed class TenantEntry(string id, Func<Tenant> create, long settingsAt)
{
    private readonly Lazy<Tenant> _first = new(create);
    private readonly List<ImaImageClient> _earlier = [];
    private Tenant? _current;
    private int _isRefreshing;
    private long? _settingsAt = settingsAt;

    public string Id => id;

    /// <summary>Created with the first call, outside of the pool's lock, because it runs callbacks of the app.</summary>
    public Tenant Tenant => Volatile.Read(ref _current) ?? _first.Value;

    public bool IsCreated => _first.IsValueCreated;

    /// <summary>The clients of the tenant, with those whose settings have changed but whose calls may still be running.</summary>
    public IEnumerable<ImaImageClient> Clients => [Tenant.Client, .. _earlier];

    public int Calls { get; set; }

    public long IdleSince { get; set; }

    /// <summary>The place among the idle tenants; not in the list during a call.</summary>
    public LinkedListNode<TenantEntry>? Idle { get; set; }

    /// <summary>
    /// Starts to read the settings again if that is due. The caller reads them, and other calls use the last settings until then.
    /// </summary>
    public bool TryStartRefresh(TimeSpan lifetime, TimeProvider time)
    {
        if (_isRefreshing != 0 || (_settingsAt is { } at && time.GetElapsedTime(at) < lifetime))
        {
            return false;
        }

        (_isRefreshing, _settingsAt) = (1, time.GetTimestamp());
        return true;
    }

    public void EndRefresh(Tenant next)
    {
        _isRefreshing = 0;
        if (!ReferenceEquals(next, Tenant))
        {
            _earlier.Add(Tenant.Client);
            Volatile.Write(ref _current, next);
        }
    }

    /// <summary>The settings are read again with the next call.</summary>
    public void Expire() => _settingsAt = null;

    /// <summary>No call is running any more.</summary>
    public void ForgetEarlier() => _earlier.Clear();
}
