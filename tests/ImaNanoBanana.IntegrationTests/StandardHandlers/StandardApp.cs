using ImaNanoBanana.Options;
using ImaNanoBanana.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>
/// An app whose HTTP clients have standard handlers. Like the client, the handlers use the app's clock from the container.
/// </summary>
internal sealed class StandardApp : IAsyncDisposable
{
    /// <summary>Longer than any delay of the client and of a standard handler, and shorter than the time limits of both.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(9);

    private readonly ServiceCollection _services = new();
    private readonly TestTimeProvider _time;
    private readonly Lazy<ServiceProvider> _provider;

    /// <param name="time">The clock.</param>
    /// <param name="primary">Creates the primary handler.</param>
    /// <param name="handler">The name of the standard handler.</param>
    /// <param name="setting">The name of the way in which it is added.</param>
    /// <param name="configure">Sets options of the client.</param>
    public StandardApp(
        TestTimeProvider time,
        Func<HttpMessageHandler> primary,
        string handler,
        string setting,
        Action<ImaNanoBananaOptions>? configure = null)
    {
        _time = time;
        _services.AddSingleton<TimeProvider>(time);
        _services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging(log => log.FilteredCategories.Add("Polly")));
        var standard = StandardHandler.All[handler];
        var way = StandardSetting.All[setting];
        ExpectedPipelines = standard.Pipelines * way.Times;
        way.Configure(_services, standard.Add, services =>
        {
            services.AddImaNanoBanana(options =>
            {
                options.ApiKey = "ima_test_key";
                configure?.Invoke(options);
            });
            services.AddHttpClient(ImaClientDefaults.ClientName).ConfigurePrimaryHttpMessageHandler(primary);
        });
        _provider = new Lazy<ServiceProvider>(() => _services.BuildServiceProvider());
    }

    /// <summary>Can be added to before the client is used.</summary>
    public IServiceCollection Services => _services;

    public IServiceProvider Provider => _provider.Value;

    public IImaImageClient Client => Provider.GetRequiredService<IImaImageClient>();

    /// <summary>How many of the container's resilience pipelines have run.</summary>
    public int Pipelines => Logged("PipelineName").Distinct().Count();

    /// <summary>Whether one of them timed out.</summary>
    public bool HasTimedOut => Logged("EventName").Contains("OnTimeout");

    /// <summary>How many resilience pipelines each request of the client passes through.</summary>
    public int ExpectedPipelines { get; }

    private IEnumerable<string> Logged(string value) =>
        Provider.GetFakeLogCollector().GetSnapshot().Select(logged => logged.GetStructuredStateValue(value)).OfType<string>();

    /// <summary>In simulated time, because the registry of pipelines waits for running calls.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_provider.IsValueCreated)
        {
            await _time.RunAsync(_provider.Value.DisposeAsync().AsTask(), LongestDelay);
        }
    }
}
