namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>The place of a tenant in the pool. Only the pool changes it, under its lock.</summary>
internal sealed class TenantEntry(string id, Func<Tenant> create)
{
    private readonly Lazy<Tenant> _tenant = new(create);

    public string Id => id;

    /// <summary>Created with the first call, outside of the pool's lock, because it runs callbacks of the app.</summary>
    public Tenant Tenant => _tenant.Value;

    public bool IsCreated => _tenant.IsValueCreated;

    public int Calls { get; set; }

    public long IdleSince { get; set; }

    /// <summary>The place among the idle tenants; not in the list during a call.</summary>
    public LinkedListNode<TenantEntry>? Idle { get; set; }
}
