using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Options;

/// <summary>
/// Reads the key of the unnamed client from the environment if nothing else sets it. A keyed client stands for a tenant, and a
/// tenant must never use another's key by accident.
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
