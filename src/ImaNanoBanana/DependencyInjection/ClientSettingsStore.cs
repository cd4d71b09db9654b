using System.Collections.Concurrent;
using ImaNanoBanana.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.DependencyInjection;

/// <summary>
/// The settings of the container's clients, each read on first use: invalid options of an unused client cause no error.
/// </summary>
internal sealed class ClientSettingsStore(
    IEnumerable<ImaRegistration> registrations, IOptionsMonitor<ImaNanoBananaOptions> options, ILoggerFactory? loggers = null)
{
    private readonly ConcurrentDictionary<string, Lazy<ClientSettings>> _settings = new(
        registrations.DistinctBy(registration => registration.ClientName).Select(registration => KeyValuePair.Create(
            registration.ClientName,
            new Lazy<ClientSettings>(
                () => new ClientSettings(() => options.Get(registration.Name), Logger(loggers, registration)),
                LazyThreadSafetyMode.PublicationOnly))),
        StringComparer.Ordinal);

    /// <returns>The settings; null if the name is not that of one of the SDK's clients.</returns>
    /// <exception cref="OptionsValidationException">The options are invalid.</exception>
    public ClientSettings? Find(string? clientName) =>
        clientName is not null && _settings.TryGetValue(clientName, out var settings) ? settings.Value : null;

    private static NonThrowingLogger Logger(ILoggerFactory? loggers, ImaRegistration registration) =>
        new(loggers?.CreateLogger(registration.ClientName) ?? NullLogger.Instance);
}
