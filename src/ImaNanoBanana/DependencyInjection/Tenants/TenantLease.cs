namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>Keeps a tenant during one call.</summary>
internal readonly struct TenantLease(TenantPool pool, TenantEntry entry, Tenant tenant) : IDisposable
{
    public Tenant Tenant => tenant;

    public void Dispose() => pool.Release(entry);
}
