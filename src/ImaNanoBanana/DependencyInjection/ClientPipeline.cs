using ImaNanoBanana.Options;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.DependencyInjection;

/// <summary>Registers what every client of a container needs: its options with their validation, and its HTTP client.</summary>
internal static class ClientPipeline
{
    /// <returns>The registration.</returns>
    public static ImaRegistration Add(
        IServiceCollection services, ImaRegistration registration, IConfiguration? section, Action<ImaNanoBananaOptions>? configure)
    {
        var name = registration.Name;
        var options = services.AddOptions<ImaNanoBananaOptions>(name).ValidateOnStart();

        // First in the list, so that the app's configuration overrides it, before or after this call.
        if (!services.Any(service => service.ImplementationType == typeof(PromptCapture)))
        {
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<ImaNanoBananaOptions>, PromptCapture>());
        }

        if (section is not null)
        {
            options.Configure(bound => Bind(section, bound, name));
            services.AddSingleton<IOptionsChangeTokenSource<ImaNanoBananaOptions>>(
                new ConfigurationChangeTokenSource<ImaNanoBananaOptions>(name, section));
            var keys = new SectionKeys(name, section);
            services.AddSingleton(keys);
            services.AddSingleton<IValidateOptions<ImaNanoBananaOptions>>(keys);
        }

        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ImaNanoBananaOptions>, ImaNanoBananaOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ImaNanoBananaOptions>, EnvironmentKey>());

        services.AddSingleton(registration);
        services.TryAddSingleton<ClientSettingsStore>();
        services.AddHttpClient(registration.ClientName)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(PrimaryHandler.ConfigureDefault);

        // First in the list, and so the last to act: see WireHandlerFilter.
        if (!services.Any(service => service.ImplementationType == typeof(WireHandlerFilter)))
        {
            services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, WireHandlerFilter>());
        }

        return registration;
    }

    /// <exception cref="OptionsValidationException">A value cannot be read.</exception>
    private static void Bind(IConfiguration section, ImaNanoBananaOptions options, string name)
    {
        try
        {
            section.Bind(options);

            // The binder cannot read the SDK's own types.
            options.Language = section[nameof(options.Language)] is { } code ? new ImaLanguage(code) : options.Language;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new OptionsValidationException(name, typeof(ImaNanoBananaOptions), [AppCallback.Message(exception)]);
        }
    }
}
