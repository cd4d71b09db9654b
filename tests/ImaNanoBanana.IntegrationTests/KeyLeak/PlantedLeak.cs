using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>Deliberate leaks, as a careless change could cause them: where each one must be found, and how it happens.</summary>
internal sealed record PlantedLeak(LeakChannel Channel, Secret Secret, Func<LeakApp, Task> Act)
{
    private static readonly string Key = Secret.Key.Value;
    private static readonly string Base64Key = Convert.ToBase64String(Encoding.ASCII.GetBytes("user:" + Key));
    private static readonly KeyValuePair<string, object?>[] State = [new("key", Key)];
    private static readonly InvalidOperationException Failure = new(Key);
    private static readonly string Address = $"https://{LeakService.StorageHost}/oss/0001.png?Signature={Secret.Upload.Value}";

    public static IReadOnlyDictionary<string, PlantedLeak> All { get; } = new Dictionary<string, PlantedLeak>
    {
        ["log message"] = InLog(Secret.Key, "the key is " + Key),
        ["log message, part of the key"] = InLog(Secret.Key, "the key is " + Key[..14] + "..."),
        ["log message, Base64"] = InLog(Secret.Key, "Basic " + Base64Key),
        ["log message, every character escaped"] = InLog(Secret.Key, string.Concat(Key.Select(letter => Uri.HexEscape(letter)))),
        ["log message, hexadecimal"] = InLog(Secret.Key, Convert.ToHexString(Encoding.ASCII.GetBytes(Key))),
        ["log message, presigned address"] = InLog(Secret.Upload, Address),
        ["log state"] = InLog(Secret.Key, logger => logger.Log(LogLevel.Trace, 0, State, null, static (_, _) => "nothing to see")),
        ["log scope"] = InLog(Secret.Key, logger =>
        {
            using var scope = logger.BeginScope(new Dictionary<string, object?> { ["key"] = Key });
            logger.Log(LogLevel.Trace, 0, "nothing to see", null, static (text, _) => text);
        }),
        ["log exception"] = InLog(Secret.Key, logger => logger.Log(
            LogLevel.Debug, 0, "nothing to see", Failure, static (text, _) => text)),
        ["exception message"] = InException(Secret.Key, () => throw new InvalidOperationException("refused: " + Key)),
        ["exception inside another"] = InException(Secret.Key, () => throw new InvalidOperationException("refused", new IOException(Key))),
        ["exception data"] = InException(Secret.Key, () => throw new InvalidOperationException("refused") { Data = { ["key"] = Key } }),
        ["exception with a presigned address"] = InException(
            Secret.Upload, () => throw new ImaException(ImaErrorKind.UploadFailed, "refused: " + Address)),
        ["activity tag"] = InTrace(Secret.Key, activity => activity?.SetTag("key", Key)),
        ["activity event"] = InTrace(Secret.Key, activity => activity?.AddEvent(new ActivityEvent("sent", tags: new() { { "key", Key } }))),
        ["activity name, presigned address"] = InTrace(Secret.Upload, activity => activity?.DisplayName = "PUT " + Address),
        ["metric tag"] = new(LeakChannel.Metric, Secret.Key, _ =>
        {
            using var meter = new Meter("planted");
            meter.CreateCounter<long>("requests").Add(1, new KeyValuePair<string, object?>("key", Key));
            return Task.CompletedTask;
        }),
        ["event source"] = new(LeakChannel.RuntimeEvent, Secret.Key, _ =>
        {
            using var source = new PlantedEventSource();
            source.Say(Key);
            return Task.CompletedTask;
        }),
        ["file"] = new(
            LeakChannel.File,
            Secret.Key,
            app => File.WriteAllTextAsync(app.PathOf("task.json"), "{\"key\":\"" + Key + "\"}", LeakApp.Cancel)),
        ["file, UTF-16"] = new(
            LeakChannel.File,
            Secret.Image,
            app => File.WriteAllTextAsync(app.PathOf("task.json"), Secret.Image.Value, Encoding.Unicode, LeakApp.Cancel)),
        ["file name"] = new(
            LeakChannel.File, Secret.Image, app => File.WriteAllTextAsync(app.PathOf($"1.png_{Secret.Image.Value}"), "", LeakApp.Cancel)),
        ["text of an object"] = new(LeakChannel.Object, Secret.Key, app => Task.FromResult(app.Show(new ImageModel(Key)))),
        ["property of an exception"] = new(LeakChannel.Object, Secret.Key, app =>
        {
            app.ShowCaught(new ImaException(ImaErrorKind.Rejected, "refused") { IdempotencyKey = Key });
            return Task.CompletedTask;
        }),
        ["header that a handler sees"] = new(LeakChannel.Handler, Secret.Key, async app =>
        {
            using var above = new HttpMessageInvoker(new HandlerSpy(app.Recording) { InnerHandler = new Silent() });
            using var request = new HttpRequestMessage(
                HttpMethod.Get, "https://api.imastudio.com/")
            { Headers = { { "Authorization", "Bearer " + Key } } };
            using var response = await above.SendAsync(request, LeakApp.Cancel);
        }),
        ["header to an unknown host"] = OnWire(
            Secret.Key,
            HttpMethod.Get,
            $"https://{LeakService.OtherHost}/",
            request => request.Headers.Add("Authorization", "Bearer " + Key)),
        ["header to the storage host"] = OnWire(
            Secret.Key, HttpMethod.Put, Address, request => request.Headers.Add("Authorization", "Bearer " + Key)),
        ["address of the upload token"] = OnWire(
            Secret.Key, HttpMethod.Get, "https://imapi.liveme.com/api/rest/oss/getuploadtoken?appUid=" + Uri.EscapeDataString(Key)),
        ["another header of the API"] = OnWire(
            Secret.Key, HttpMethod.Get, "https://api.imastudio.com/", request => request.Headers.Add("x-key", Key)),
        ["body to the API"] = OnWire(
            Secret.Key, HttpMethod.Post, "https://api.imastudio.com/", request => request.Content = new StringContent(Key)),
        ["referrer of a presigned address"] = OnWire(
            Secret.Upload, HttpMethod.Get, $"https://{LeakService.ImageHost}/", request => request.Headers.Referrer = new Uri(Address)),
    };

    private static PlantedLeak InLog(Secret secret, string text) =>
        InLog(secret, logger => logger.Log(LogLevel.Trace, 0, text, null, static (state, _) => state));

    private static PlantedLeak InLog(Secret secret, Action<ILogger> act) => new(LeakChannel.Log, secret, app =>
    {
        act(app.Logger);
        return Task.CompletedTask;
    });

    private static PlantedLeak InException(Secret secret, Action act) => new(LeakChannel.Exception, secret, async _ =>
    {
        await Task.Yield();
        act();
    });

    private static PlantedLeak InTrace(Secret secret, Action<Activity?> act) => new(LeakChannel.Trace, secret, _ =>
    {
        using var source = new ActivitySource("planted");
        using var activity = source.StartActivity("request");
        act(activity);
        return Task.CompletedTask;
    });

    private static PlantedLeak OnWire(Secret secret, HttpMethod method, string address, Action<HttpRequestMessage>? change = null) =>
        new(LeakChannel.Wire, secret, async app =>
    {
        using var http = new HttpMessageInvoker(app.Service.Handler());
        using var request =
            new HttpRequestMessage(method, address) { Content = method == HttpMethod.Put ? new ByteArrayContent([1]) : null };
        change?.Invoke(request);
        using var response = await http.SendAsync(request, LeakApp.Cancel);
    });

    private sealed class Silent : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
    }
}
