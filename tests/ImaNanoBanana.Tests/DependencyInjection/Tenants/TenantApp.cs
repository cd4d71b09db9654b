using System.Collections.Concurrent;
using ImaNanoBanana.DependencyInjection.Tenants;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Tests.DependencyInjection.Tenants;

/// <summary>An app whose tenants are in a database: here a dictionary of keys. Its requests go to a simulator and are recorded.</summary>
internal sealed class TenantApp : IDisposable
{
    private readonly ServiceProvider _provider;
    private readonly ImaSimulator _simulator;

    public TenantApp(
        Action<IImaImageClientFactoryBuilder>? build = null,
        Action<ImaImageClientFactoryOptions>? configure = null,
        Func<string, CancellationToken, ValueTask<string?>>? getApiKey = null,
        ImaSimulator? simulator = null)
    {
        _simulator = simulator ?? new ImaSimulator(Time) { ProcessingTime = TimeSpan.Zero };
        Wire = new TenantWire(_simulator);
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Time).AddLogging(logging => logging.AddFakeLogging());
        var builder = services.AddImaImageClientFactory((_, tenantId, token) => ReadAsync(getApiKey, tenantId, token), configure)
            .UseSimulator(_simulator)
            .ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => Wire));
        build?.Invoke(builder);
        _provider = services.BuildServiceProvider();
    }

    public TestTimeProvider Time { get; } = new();

    /// <summary>The keys of the tenants, as the database has them.</summary>
    public ConcurrentDictionary<string, string?> Keys { get; } = new()
    {
        ["tenant-a"] = "ima_key_of_a",
        ["tenant-b"] = "ima_key_of_b",
    };

    /// <summary>The tenants whose key was read, in order.</summary>
    public ConcurrentQueue<string> Reads { get; } = new();

    public TenantWire Wire { get; }

    public ImaSimulator Simulator => _simulator;

    public IServiceProvider Services => _provider;

    public IImaImageClientFactory Factory => _provider.GetRequiredService<IImaImageClientFactory>();

    public int Kept => ((ImaImageClientFactory)Factory).Pool.Count;

    public IReadOnlyList<Microsoft.Extensions.Logging.Testing.FakeLogRecord> Log =>
        _provider.GetFakeLogCollector().GetSnapshot();

    public IImaImageClient Client(string tenantId) => Factory.CreateClient(tenantId);

    public void Dispose()
    {
        Assert.Empty(_simulator.Violations);
        Assert.Empty(_simulator.Differences);
        _provider.Dispose();
        Wire.Dispose();
        _simulator.Dispose();
    }

    private ValueTask<string?> ReadAsync(
        Func<string, CancellationToken, ValueTask<string?>>? getApiKey, string tenantId, CancellationToken cancellationToken)
    {
        Reads.Enqueue(tenantId);
        return getApiKey is null ? ValueTask.FromResult(Keys.GetValueOrDefault(tenantId)) : getApiKey(tenantId, cancellationToken);
    }
}
