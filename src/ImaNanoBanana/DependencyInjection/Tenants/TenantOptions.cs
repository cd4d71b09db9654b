namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>How the app changes the options of a tenant; all registrations count, in their order.</summary>
internal sealed record TenantOptions(Action<string, ImaNanoBananaOptions> Configure);
