using Microsoft.Extensions.Options;

namespace ImaNanoBanana;

/// <summary>Takes the key from the environment where nothing else gave one.</summary>
internal sealed class EnvironmentKey : IPostConfigureOptions<ImaNanoBananaOptions>
{
    public void PostConfigure(string? name, ImaNanoBananaOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ApiKey))
        {
            options.ApiKey = Environment.GetEnvironmentVariable(ImaClientDefaults.KeyVariable);
        }
    }
}
