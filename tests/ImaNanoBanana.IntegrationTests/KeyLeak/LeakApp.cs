using ImaNanoBanana.IntegrationTests.MoneyPath;
using ImaNanoBanana.Options;
using ImaNanoBanana.Tests;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>
/// The worst case of an app: it records everything that an app can listen to, has redaction off, and prints every object that it gets.
/// </summary>
internal sealed class LeakApp : IAsyncDisposable
{
    /// <summary>Longer than any delay of the client and shorter than any deadline below.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan Deadline = TimeSpan.FromHours(1);

    private readonly TestTimeProvider _time = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leak");
    private readonly TelemetrySpy _telemetry;
    private readonly EventSpy _events;
    private readonly ServiceProvider _services;

    /// <param name="primary">Wraps the handler that owns the connections, as the app does.</param>
    /// <param name="refusedEndpoint">The endpoint whose host refuses connections.</param>
    /// <param name="key">The key; null for the key to search for.</param>
    /// <param name="hasHttpLogs">Whether the app restores the HTTP logs that the SDK removes from its client.</param>
    /// <param name="defaults">What else the app does to all of its HTTP clients; null for nothing.</param>
    public LeakApp(
        Func<HttpMessageHandler, HttpMessageHandler>? primary = null,
        string? refusedEndpoint = null,
        string? key = null,
        bool hasHttpLogs = false,
        Action<IHttpClientBuilder>? defaults = null)
    {
        _telemetry = new TelemetrySpy(Recording);
        _events = new EventSpy(Recording);
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new LoggerSpy(Recording)));
        services.ConfigureHttpClientDefaults(client => defaults?.Invoke(client));
        services.ConfigureHttpClientDefaults(client => client
            .RedactLoggedHeaders(_ => false)
            .AddLogger(_ => new HttpLoggerSpy(Recording))
            .AddHttpMessageHandler(() => new HandlerSpy(Recording)));
        Placement.All["own filter, first"](services, () => new HandlerSpy(Recording), registered =>
        {
            var ima = registered.AddImaNanoBanana(options => Configure(options, key));
            var client = registered.AddHttpClient(ImaClientDefaults.ClientName)
                .ConfigurePrimaryHttpMessageHandler(
                    () => primary?.Invoke(Service.Handler(refusedEndpoint)) ?? Service.Handler(refusedEndpoint));
            if (hasHttpLogs)
            {
                client.AddDefaultLogger().AddLogger(_ => new HttpLoggerSpy(Recording), wrapHandlersPipeline: true);
            }

            Show(ima);
        });
        _services = services.BuildServiceProvider();
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Recording Recording { get; } = new();

    public LeakService Service { get; } = new();

    public ILogger Logger => _services.GetRequiredService<ILogger<LeakApp>>();

    public IImaImageClient Client => _services.GetRequiredService<IImaImageClient>();

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>Prints an object.</summary>
    public T Show<T>(T value)
    {
        // The options are meant to hold the key, but their text must not contain it.
        Recording.Add(LeakChannel.Object, value is ImaNanoBananaOptions ? value.ToString() : ObjectText.Of(value));
        return value;
    }

    /// <summary>Prints an exception with all inner exceptions.</summary>
    public void ShowCaught(Exception exception)
    {
        Recording.Add(
            LeakChannel.Exception,
            $"{exception} {string.Join(' ', exception.Data.Keys.Cast<object>())} {string.Join(
                ' ',
                exception.Data.Values.Cast<object?>())}");
        if (exception.InnerException is { } inner)
        {
            ShowCaught(inner);
        }

        Show(exception);
    }

    /// <summary>Does something in simulated time and prints the exception it throws.</summary>
    /// <returns>The exception; null if there is none.</returns>
    public async Task<Exception?> RunAsync(Func<LeakApp, Task> work)
    {
        var caught = CaughtAsync(work);
        await _time.RunAsync(caught, LongestDelay, Cancel);
        return await caught;
    }

    /// <summary>Ends the app and searches everything it recorded.</summary>
    public async Task<IReadOnlyList<Leak>> LeaksAsync()
    {
        Show(_services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ImaNanoBananaOptions>>().Value);
        await DisposeServicesAsync();
        _telemetry.Dispose();
        _events.Dispose();
        foreach (var request in Service.Requests)
        {
            Recording.Add(LeakChannel.Wire, WireText.WithoutWhatBelongs(request));
        }

        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            Recording.Add(LeakChannel.File, file.FullName);
            Recording.Add(LeakChannel.File, await File.ReadAllBytesAsync(file.FullName, Cancel));
        }

        return Recording.Leaks();
    }

    public async ValueTask DisposeAsync()
    {
        await DisposeServicesAsync();
        _telemetry.Dispose();
        _events.Dispose();
        await Service.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>In simulated time, because resilience pipelines of a container wait for their running calls.</summary>
    private Task DisposeServicesAsync() => _time.RunAsync(_services.DisposeAsync().AsTask(), LongestDelay, Cancel);

    private static void Configure(ImaNanoBananaOptions options, string? key)
    {
        options.ApiKey = key ?? Secret.Key.Value;
        options.CreateTimeout = Deadline;
        options.PollTimeout = Deadline;
        options.ReadTimeout = Deadline;
        options.ReadAttemptTimeout = Deadline;
        options.TransferStallTimeout = Deadline;
        options.TransferTimeout = Deadline;
        options.WatchTimeout = TimeSpan.FromSeconds(30);
    }

    private async Task<Exception?> CaughtAsync(Func<LeakApp, Task> work)
    {
        try
        {
            await work(this);
            return null;
        }
        catch (Exception exception)
        {
            ShowCaught(exception);
            return exception;
        }
    }
}
