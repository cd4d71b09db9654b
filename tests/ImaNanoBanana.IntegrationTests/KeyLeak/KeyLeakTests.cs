using ImaNanoBanana.IntegrationTests.Handlers;
using ImaNanoBanana.IntegrationTests.Sockets;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>
/// The key goes only to the two fixed hosts, and the signatures of presigned URLs are in no log, exception, trace or measurement. The app
/// listens to everything, in success and failure, over real sockets, because the handler that owns the connections also creates the
/// runtime's own activities, measurements and events.
/// </summary>
[Collection(KeyLeakGroup.Name)]
public class KeyLeakTests
{
    private static readonly string[] Endpoints = ["list", "create", "detail", "token", "put", "image"];

    public static TheoryData<string> Works() => [.. LeakWork.All.Keys];

    public static TheoryData<string, string> Failures()
    {
        var rows = new TheoryData<string, string>();
        foreach (
            var (endpoint, fault) in Endpoints.SelectMany(
                endpoint => Fault.Anywhere.Keys.Select(fault => (endpoint, fault))).Concat(Fault.Special.Keys))
        {
            rows.Add(endpoint, fault);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Works))]
    public async Task Nothing_leaks_while_all_is_well(string work)
    {
        await using var app = new LeakApp();

        await app.RunAsync(LeakWork.All[work]);

        Assert.Empty(await app.LeaksAsync());
        Assert.Empty(app.Service.OtherHosts);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Nothing_leaks_when_an_endpoint_fails(string endpoint, string fault)
    {
        await using var app = new LeakApp();
        var reply = Fault.Of(endpoint, fault);
        app.Service.Fail(endpoint, request => Task.FromResult(reply(request)));

        await app.RunAsync(LeakWork.Reaching(endpoint));

        Assert.Empty(await app.LeaksAsync());
        Assert.Empty(app.Service.OtherHosts);
        Assert.True(app.Service.WasAsked(endpoint));
    }

    /// <summary>Such logs print what handlers see, including presigned URLs in response headers. They do not contain the key.</summary>
    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Http_logs_that_the_app_restores_print_no_key(string endpoint, string fault)
    {
        await using var app = new LeakApp(hasHttpLogs: true);
        var reply = Fault.Of(endpoint, fault);
        app.Service.Fail(endpoint, request => Task.FromResult(reply(request)));

        await app.RunAsync(LeakWork.Reaching(endpoint));

        Assert.DoesNotContain(await app.LeaksAsync(), leak => leak.Secret == Secret.Key);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("token")]
    [InlineData("put")]
    [InlineData("image")]
    public async Task Nothing_leaks_without_listeners(string endpoint)
    {
        await using var app = new LeakApp(refusedEndpoint: endpoint);

        var exception = await app.RunAsync(LeakWork.Reaching(endpoint));

        Assert.IsType<ImaException>(exception);
        Assert.Empty(await app.LeaksAsync());
    }

    [Theory]
    [InlineData("list", 302)]
    [InlineData("list", 307)]
    [InlineData("create", 302)]
    [InlineData("create", 307)]
    [InlineData("detail", 307)]
    [InlineData("token", 302)]
    [InlineData("token", 307)]
    [InlineData("put", 307)]
    [InlineData("image", 307)]
    public async Task Redirect_that_the_apps_own_handler_follows_carries_no_key(string endpoint, int status)
    {
        await using var app = new LeakApp(primary: static inner => new ForwardingHandler(inner));
        app.Service.Fail(endpoint, _ => Task.FromResult(Reply.Redirect(status, $"https://{LeakService.OtherHost}/elsewhere")));

        await app.RunAsync(LeakWork.Reaching(endpoint));

        Assert.Empty(await app.LeaksAsync());
        Assert.True(app.Service.WasAsked(endpoint));
    }

    [Theory]
    [InlineData("list", "product/list")]
    [InlineData("create", "tasks/create")]
    [InlineData("detail", "tasks/detail")]
    [InlineData("token", "getuploadtoken")]
    public async Task Primary_handler_that_prints_its_requests_in_errors_leaks_nothing(string endpoint, string path)
    {
        await using var app = new LeakApp(primary: inner => new TalkativeHandler(path) { InnerHandler = inner });

        var exception = await app.RunAsync(LeakWork.Reaching(endpoint));

        Assert.IsType<ImaException>(exception);
        Assert.Empty(await app.LeaksAsync());
    }

    [Fact]
    public async Task Nothing_leaks_when_the_caller_cancels_a_submission_that_was_sent()
    {
        await using var app = new LeakApp();
        using var cancel = new CancellationTokenSource();
        app.Service.Fail("create", async _ =>
        {
            await cancel.CancelAsync();
            return Reply.Accepted;
        });

        var exception = await app.RunAsync(one => one.Client.SubmitAsync(new ImageRequest("a puppy"), cancel.Token));

        Assert.IsType<ImageGenerationCanceledException>(exception);
        Assert.Empty(await app.LeaksAsync());
    }

    [Fact]
    public async Task Rejected_key_is_not_printed()
    {
        await using var app = new LeakApp(key: Secret.Key.Value + " and more");

        app.ShowCaught(Assert.ThrowsAny<Exception>(() => app.Client));
        app.ShowCaught(Assert.ThrowsAny<Exception>(() => new ImaImageClient(Secret.Key.Value + "\u00e9")));

        Assert.DoesNotContain(
            app.Recording.Leaks(), leak => leak.Channel is LeakChannel.Exception or LeakChannel.Log or LeakChannel.Object);
    }

    /// <summary>A silent channel proves something only if the test would have seen a leak in it.</summary>
    [Theory]
    [InlineData(LeakChannel.Log, "CreateEnded")]
    [InlineData(LeakChannel.Trace, "url.full=https://bucket.aliyuncs.com/oss/0001.png?*")]
    [InlineData(LeakChannel.Metric, "http.client.request.duration")]
    [InlineData(LeakChannel.RuntimeEvent, "RequestStart")]
    [InlineData(LeakChannel.File, "task.json")]
    [InlineData(LeakChannel.Object, "ImageResult")]
    [InlineData(LeakChannel.Handler, "Signature=robin5820461937wren")]
    [InlineData(LeakChannel.Wire, "x-app-source: ima_skills")]
    public async Task Each_channel_is_observed(LeakChannel channel, string part)
    {
        await using var app = new LeakApp();

        Assert.Null(await app.RunAsync(LeakWork.All["edit a file"]));

        Assert.Empty(await app.LeaksAsync());

        // The runtime's activities have no URLs before .NET 9.
        Assert.True(
            app.Recording.Has(
                channel, channel == LeakChannel.Trace && Recording.EventsHaveQueries ? "System.Net.Http.HttpRequestOut" : part));
    }

    /// <summary>The secrets were sent, so they could have leaked.</summary>
    [Fact]
    public async Task Secrets_are_sent_to_their_intended_places()
    {
        await using var app = new LeakApp();

        await app.RunAsync(LeakWork.All["edit a file"]);

        Assert.All(Endpoints, endpoint => Assert.True(app.Service.WasAsked(endpoint), endpoint));
        Assert.Contains(
            app.Service.Requests, request => request.Headers.GetValueOrDefault("Authorization") == "Bearer " + Secret.Key.Value);
        Assert.Contains(
            app.Service.Requests,
            request => request is { Method: "PUT" } && request.Target.Contains(Secret.Upload.Value, StringComparison.Ordinal));
        Assert.Contains(
            app.Service.Requests,
            request => request is { Method: "GET" } && request.Target.Contains(Secret.Image.Value, StringComparison.Ordinal));
    }
}
