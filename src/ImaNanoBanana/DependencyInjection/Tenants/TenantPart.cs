namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>How the app creates one part of a tenant's client; a service, so that the last registration counts.</summary>
internal sealed record TenantPart<T>(Func<IServiceProvider, string, T?> Create)
    where T : class;
