using ImaNanoBanana.Options;

namespace ImaNanoBanana.DependencyInjection;

/// <summary>
/// One <c>AddImaNanoBanana()</c> or <c>AddKeyedImaNanoBanana()</c> of an app; in the container, so that all of them are known.
/// </summary>
/// <param name="Name">The key of a keyed client, also the name of its options; empty for the unnamed one.</param>
internal sealed record ImaRegistration(string Name)
{
    /// <summary>The name of its client at <see cref="IHttpClientFactory"/>, and the category of its log.</summary>
    public string ClientName => Name.Length == 0 ? ImaClientDefaults.ClientName : $"{ImaClientDefaults.ClientName}.{Name}";
}
