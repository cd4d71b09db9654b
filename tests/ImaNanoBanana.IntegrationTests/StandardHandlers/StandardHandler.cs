using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>
/// The standard handlers of Microsoft.Extensions.Http.Resilience with their defaults, by their names in docs/reliability.md.
/// </summary>
/// <param name="Add">Adds it to a client.</param>
/// <param name="Pipelines">How many resilience pipelines it has.</param>
internal sealed record StandardHandler(Action<IHttpClientBuilder> Add, int Pipelines)
{
    public static IReadOnlyDictionary<string, StandardHandler> All { get; } = new Dictionary<string, StandardHandler>
    {
        ["resilience"] = new(client => client.AddStandardResilienceHandler(), 1),
        ["hedging"] = new(client => client.AddStandardHedgingHandler(), 2),
        ["hedging around resilience"] = new(
            client =>
            {
                client.AddStandardHedgingHandler();
                client.AddStandardResilienceHandler();
            },
            3),
    };
}
