using ImaNanoBanana.Options;

namespace ImaNanoBanana.DependencyInjection;

/// <summary>
/// One call of <c>AddImaNanoBanana()</c> or <c>AddKeyedImaNanoBanana()</c>, registered so that the container knows all of them.
/// </summary>
/// <param name="Name">
/// The key of a keyed client, also the name of its options; empty for the unnamed client;
/// <see cref="ImaClientDefaults.TenantsName"/> for all clients of a factory.
/// </param>
internal sealed record ImaRegistration(string Name)
{
    /// <summary>The name of its client in <see cref="IHttpClientFactory"/>, and the category of its log.</summary>
    public string ClientName => Name switch
    {
        "" => ImaClientDefaults.ClientName,
        ImaClientDefaults.TenantsName => ImaClientDefaults.TenantsName,
        _ => $"{ImaClientDefaults.ClientName}.{Name}",
    };
}
