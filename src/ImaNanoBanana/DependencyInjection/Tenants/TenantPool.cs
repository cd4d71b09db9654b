namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>
/// Keeps the tenants that were used last. A tenant is created with its first call and dropped when it was idle for long enough, or when
/// there are too many and it was idle for the longest time. It is never dropped during a call, or while it holds what only this process
/// knows about credits. So there are never two journals in memory, budgets or limiters for one tenant. Thread-safe.
/// </summary>
/// <param name="create">Creates a tenant.</param>
/// <param name="refresh">Reads the settings of a tenant again; never throws.</param>
/// <param name="options">The idle time and the number of tenants.</param>
/// <param name="time">The clock.</param>
internal sealed class TenantPool(
    Func<string, Tenant> create, Func<string, Tenant, Tenant> refresh, ImaImageClientFactoryOptions options, TimeProvider time)
    : IDisposable
{
    private static readonly TimerCallback DropIdle = static state => ((TenantPool)state!).DropIdleTenants();

    private readonly object _gate = new();
    private readonly Dictionary<string, TenantEntry> _tenants = new(StringComparer.Ordinal);

    /// <summary>The tenants without a running call; the one that has been idle for the longest time is first.</summary>
    private readonly LinkedList<TenantEntry> _idle = [];
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>The keys that the app passed.</summary>
    public PassedKeys Keys { get; } = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _tenants.Count;
            }
        }
    }

    /// <summary>Finds or creates a tenant and keeps it until the lease is disposed.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="key">The key that the app passed for the tenant, which is used from now on; null if the caller keeps none.</param>
    public TenantLease Acquire(string tenantId, PassedKey? key = null)
    {
        TenantEntry? entry;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(IImaImageClientFactory));
            if (!_tenants.TryGetValue(tenantId, out entry))
            {
                entry = new TenantEntry(tenantId, () => create(tenantId), time.GetTimestamp());
                _tenants.Add(tenantId, entry);
                DropBeyondLimit();
            }

            entry.Calls++;
            if (entry.Idle is { } place)
            {
                _idle.Remove(place);
                entry.Idle = null;
            }
        }

        try
        {
            var tenant = entry.Tenant;
            if ((key ?? Keys.Find(tenantId)) is { } passed)
            {
                tenant.Key.Use(passed.Last);
            }

            RefreshIfDue(entry);
            return new TenantLease(this, entry, entry.Tenant);
        }
        catch
        {
            Forget(entry);
            throw;
        }
    }

    /// <summary>Reads the key and the settings of a tenant again with its next call.</summary>
    public void Expire(string tenantId)
    {
        lock (_gate)
        {
            if (_tenants.TryGetValue(tenantId, out var entry) && entry.IsCreated)
            {
                entry.Expire();
                entry.Tenant.Key.Expire();
            }
        }
    }

    public void Release(TenantEntry entry)
    {
        lock (_gate)
        {
            if (--entry.Calls > 0 || _isDisposed)
            {
                return;
            }

            entry.ForgetEarlier();
            entry.IdleSince = time.GetTimestamp();
            entry.Idle = _idle.AddLast(entry);
            if (_timer is null)
            {
                StartTimer(options.IdleTimeout);
            }

            DropBeyondLimit();
        }
    }

    public void Dispose()
    {
        List<TenantEntry> entries;
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
            entries = [.. _tenants.Values];
            _tenants.Clear();
            _idle.Clear();
        }

        foreach (var entry in entries.Where(entry => entry.IsCreated))
        {
            foreach (var client in entry.Clients)
            {
                client.Dispose();
            }
        }
    }

    /// <summary>Outside of the lock, because it runs callbacks of the app. The call that finds the settings due waits for them.</summary>
    private void RefreshIfDue(TenantEntry entry)
    {
        lock (_gate)
        {
            if (!entry.TryStartRefresh(options.SettingsLifetime, time))
            {
                return;
            }
        }

        var next = refresh(entry.Id, entry.Tenant);
        lock (_gate)
        {
            entry.EndRefresh(next);
        }
    }

    /// <summary>Removes a tenant that could not be created, so that the next call tries again.</summary>
    private void Forget(TenantEntry entry)
    {
        lock (_gate)
        {
            if (_tenants.TryGetValue(entry.Id, out var there) && there == entry)
            {
                _tenants.Remove(entry.Id);
            }
        }
    }

    private void DropIdleTenants()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            while (!_isDisposed && _idle.First is { } oldest)
            {
                var left = options.IdleTimeout - time.GetElapsedTime(oldest.Value.IdleSince);
                if (left > TimeSpan.Zero)
                {
                    StartTimer(left);
                    return;
                }

                DropOrPostpone(oldest);
            }
        }
    }

    /// <summary>Looks at two tenants at most, so that a call does not become slower with the number of tenants that have to stay.</summary>
    private void DropBeyondLimit()
    {
        for (var looks = 0; looks < 2 && _tenants.Count > options.MaxClients && _idle.First is { } oldest; looks++)
        {
            DropOrPostpone(oldest);
        }
    }

    private void DropOrPostpone(LinkedListNode<TenantEntry> place)
    {
        var entry = place.Value;
        _idle.Remove(place);
        if (entry.Tenant.IsSettled)
        {
            entry.Idle = null;
            _tenants.Remove(entry.Id);
        }
        else
        {
            entry.IdleSince = time.GetTimestamp();
            _idle.AddLast(place);
        }
    }

    private void StartTimer(TimeSpan due)
    {
        // The timer outlives the call that starts it and must not keep that call's activity or culture.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(DropIdle, this, due, Timeout.InfiniteTimeSpan);
        }
    }
}
