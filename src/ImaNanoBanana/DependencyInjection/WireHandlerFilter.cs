using ImaNanoBanana.Options;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Resilience;

namespace ImaNanoBanana.DependencyInjection;

/// <summary>
/// Wraps the primary handler of the SDK's clients in the wire handler after everything else is configured, and adds the
/// handlers that repeat and end an attempt as the outermost ones. It is the first filter, so its work is done last: the app's
/// handlers, however they are added, are between the two.
/// </summary>
/// <remarks>
/// The factory resolves this filter for every client of the app, so it must not read the options before one of the SDK's own
/// clients is built: a missing key must not break other clients.
/// </remarks>
internal sealed class WireHandlerFilter(ClientSettingsStore settings, TimeProvider? time = null) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (FindWire(builder.Name) is { } wire)
        {
            PrimaryHandler.NeverRedirect(builder.PrimaryHandler);
            builder.PrimaryHandler = new WireHandler(builder.PrimaryHandler, wire, time ?? TimeProvider.System);
            builder.AdditionalHandlers.Insert(0, new AttemptHandler());
            builder.AdditionalHandlers.Insert(0, new ResilienceHandler(ReadCall.GetRepetition));
        }
    };

    /// <returns>What gets the key for a request; null if the name is not that of one of the SDK's clients.</returns>
    private Func<HttpRequestMessage, WireSettings>? FindWire(string? name)
    {
        if (name == ImaClientDefaults.TenantsName)
        {
            return WireSettings.FromRequest;
        }

        return settings.Find(name) is { } own ? _ => own.Wire() : null;
    }
}
