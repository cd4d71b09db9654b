using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Options;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Client;

/// <summary>Everything a client is made of, whether a container or the app's own code supplies it.</summary>
internal sealed record ClientParts(
    IHttpClients HttpClients,
    ImaNanoBananaOptions Options,
    TimeProvider Time,
    ILogger Logger,
    AppJournal Journal,
    CreditBudget? Budget,
    IRequestGate? Gate)
{
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsValidationException">An option is invalid.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handlers and disposes them.")]
    public static ClientParts Create(ImaNanoBananaOptions options, ImaImageClientServices services)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (ImaNanoBananaOptionsValidator.Problems(options) is { Count: > 0 } problems)
        {
            throw new OptionsValidationException("", typeof(ImaNanoBananaOptions), problems);
        }

        var time = services.TimeProvider ?? TimeProvider.System;
        var settled = options.Copy();
        var primary = services.PrimaryHandler ?? PrimaryHandler.Create();
        PrimaryHandler.NeverRedirect(primary);
        var wire = new WireSettings(settled.ApiKey!, settled.CreateTimeout);
        return new ClientParts(
            new OwnHttpClients(new WireHandler(primary, _ => wire, time)),
            settled,
            time,
            services.Logger ?? NullLogger.Instance,
            AppJournal.Create(services.Journal, time),
            services.Budget,
            services.RequestGate);
    }
}
