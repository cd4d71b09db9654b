using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Resilience;

namespace ImaNanoBanana.DependencyInjection;

/// <summary>
/// Puts the wire handler around the primary handler of the SDK's clients after everything else has been set up, and what
/// repeats and ends an attempt outermost. It is the first filter, and the first filter's work is done last: what an app adds,
/// in whatever way, stands between them.
/// </summary>
/// <remarks>
/// The factory resolves it for every client of the app, so it must not look at the options before one of the SDK's own
/// clients is built: a missing key must not break other clients.
/// </remarks>
internal sealed class WireHandlerFilter(ClientSettingsStore settings, TimeProvider? time = null) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (settings.Find(builder.Name) is { } own)
        {
            PrimaryHandler.NeverRedirect(builder.PrimaryHandler);
            builder.PrimaryHandler = new WireHandler(
                builder.PrimaryHandler, own.Key, own.Options.CreateTimeout, time ?? TimeProvider.System);
            builder.AdditionalHandlers.Insert(0, new AttemptHandler());
            builder.AdditionalHandlers.Insert(0, new ResilienceHandler(ReadCall.GetRepetition));
        }
    };
}
