using ImaNanoBanana;
using ImaNanoBanana.DependencyInjection.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a health check of an image client.</summary>
public static class ImaHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check whether the service accepts the API key, the product list is readable and the journal is writable. It spends no
    /// credits and adds no entry to the journal. A good result is used for 60 s, a bad one for 10 s, so that frequent probes do not reach
    /// the service.
    /// </summary>
    /// <param name="builder">The health checks of the app.</param>
    /// <param name="clientName">The key of a keyed client; null for the unnamed client.</param>
    /// <param name="name">The name of the check; <c>ima-nano-banana</c> when null, followed by a hyphen and the key of a keyed
    /// client.</param>
    /// <param name="failureStatus">The status to report for a failure; <see cref="HealthStatus.Unhealthy"/> when null.</param>
    /// <param name="tags">The tags of the check; null for none.</param>
    /// <param name="timeout">How long the check may take; 10 s when null.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is not positive.</exception>
    /// <remarks>
    /// The data of the result has the entries <c>key</c>, <c>list</c> and <c>journal</c>: what was found, why, and what to do. No text
    /// contains the API key. Use the check for readiness and for people, not to restart an app: a restart does not help.
    /// </remarks>
    /// <example>
    /// <code>
    /// builder.Services.AddHealthChecks().AddImaNanoBanana();
    /// </code>
    /// </example>
    public static IHealthChecksBuilder AddImaNanoBanana(
        this IHealthChecksBuilder builder,
        string? clientName = null,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var limit = timeout ?? TimeSpan.FromSeconds(10);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, nameof(timeout));
        var client = clientName ?? "";

        // A service, because its result is kept between the probes.
        var key = new object();
        builder.Services.AddKeyedSingleton(key, (provider, _) => new ImaHealthCheck(provider, client, limit));
        return builder.Add(new HealthCheckRegistration(
            name ?? (client.Length == 0 ? "ima-nano-banana" : $"ima-nano-banana-{client}"),
            provider => provider.GetRequiredKeyedService<ImaHealthCheck>(key),
            failureStatus,
            tags));
    }
}
