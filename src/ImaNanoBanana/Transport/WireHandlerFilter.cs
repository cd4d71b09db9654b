using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Transport;

/// <summary>
/// Puts the wire handler around the primary handler of the SDK's clients after everything else has been set up. It is
/// the first filter, and the first filter's work is done last: what an app adds, in whatever way, stands above it.
/// </summary>
/// <remarks>
/// The factory resolves it for every client of the app, so it must not look at the options before one of the SDK's own
/// clients is built: a missing key must not break other clients.
/// </remarks>
internal sealed class WireHandlerFilter(IServiceProvider services) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (builder.Name == ImaClientDefaults.HttpClientName)
        {
            var options = services.GetRequiredService<IOptions<ImaNanoBananaOptions>>().Value;
            var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
            PrimaryHandler.NeverRedirect(builder.PrimaryHandler);
            builder.PrimaryHandler = new WireHandler(builder.PrimaryHandler, () => options.ApiKey!.Trim(), options.CreateTimeout, time);
        }
    };
}
