namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>
/// The API keys that the app passed with a client, the last one for each tenant. A key is kept as long as one of the tenant's clients.
/// Thread-safe.
/// </summary>
internal sealed class PassedKeys
{
    private const int FewTenants = 64;

    private readonly object _gate = new();
    private readonly Dictionary<string, WeakReference<PassedKey>> _keys = new(StringComparer.Ordinal);
    private long _passed;
    private int _cleanUpAt = FewTenants;

    /// <returns>What the client keeps, so that the key is kept.</returns>
    public PassedKey Pass(string tenantId, string apiKey)
    {
        lock (_gate)
        {
            var value = new PassedKey.Value(apiKey, ++_passed);
            if (Kept(tenantId) is { } key)
            {
                key.Last = value;
                return key;
            }

            CleanUpIfDue();
            key = new PassedKey(value);
            _keys[tenantId] = new WeakReference<PassedKey>(key);
            return key;
        }
    }

    /// <returns>The key that was passed for a tenant; null if there is none.</returns>
    public PassedKey? Find(string tenantId)
    {
        lock (_gate)
        {
            return Kept(tenantId);
        }
    }

    private PassedKey? Kept(string tenantId) =>
        _keys.TryGetValue(tenantId, out var reference) && reference.TryGetTarget(out var key) ? key : null;

    private void CleanUpIfDue()
    {
        if (_keys.Count < _cleanUpAt)
        {
            return;
        }

        foreach (var (tenantId, reference) in _keys)
        {
            if (!reference.TryGetTarget(out _))
            {
                _keys.Remove(tenantId);
            }
        }

        _cleanUpAt = Math.Max(FewTenants, 2 * _keys.Count);
    }
}
