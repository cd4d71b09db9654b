using Microsoft.Extensions.Options;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>Validates the options of the factory when the host starts or, without a host, when the factory is resolved.</summary>
internal sealed class ImaImageClientFactoryOptionsValidator : IValidateOptions<ImaImageClientFactoryOptions>
{
    public ValidateOptionsResult Validate(string? name, ImaImageClientFactoryOptions options)
    {
        var problems = new List<string>();
        Check(nameof(options.ApiKeyLifetime), options.ApiKeyLifetime, TimeSpan.Zero, TimeSpan.FromDays(1));
        Check(nameof(options.ApiKeyTimeout), options.ApiKeyTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Check(nameof(options.SettingsLifetime), options.SettingsLifetime, TimeSpan.Zero, TimeSpan.FromDays(1));
        Check(nameof(options.IdleTimeout), options.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        if (options.MaxClients < 1)
        {
            problems.Add($"MaxClients is {options.MaxClients}; it must be at least 1.");
        }

        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;

        void Check(string option, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                problems.Add($"{option} is {value}; it must be between {least} and {most}.");
            }
        }
    }
}
