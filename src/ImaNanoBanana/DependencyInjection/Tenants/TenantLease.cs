namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>Keeps a tenant during one call.</summary>
internal readonly struct TenantLease(TenantPool pool, TenantEntry entry) : IDisposable
{
    public Tenant Tenant => entry.Tenant;

    public void Dispose() => pool.Release(entry);
}
