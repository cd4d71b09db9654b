using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Options;

/// <summary>
/// Takes the key of the unnamed client from the environment where nothing else gave one. A keyed client stands for a tenant,
/// and no tenant may pay with another's key by accident.
/// </summary>
internal sealed class EnvironmentKey : IPostConfigureOptions<ImaNanoBananaOptions>
{
    public void PostConfigure(string? name, ImaNanoBananaOptions options)
    {
        if (name == Microsoft.Extensions.Options.Options.DefaultName && string.IsNullOrWhiteSpace(options.ApiKey))
        {
            options.ApiKey = Environment.GetEnvironmentVariable(ImaClientDefaults.KeyVariable);
        }
    }
}
