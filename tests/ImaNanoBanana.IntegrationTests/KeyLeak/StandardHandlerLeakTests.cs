using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.IntegrationTests.StandardHandlers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>
/// The standard resilience handlers log and count the exceptions and results that they see. They are in all clients of an app that listens
/// to everything, and neither the key nor a signature is in a log, a span or a measurement. The SDK's own resilience handler reports
/// nothing.
/// </summary>
[Collection(KeyLeakGroup.Name)]
public class StandardHandlerLeakTests
{
    private const string PollyLog = " Polly ";
    private const string PollyMeter = "resilience.polly";

    /// <summary>Longer than the longest delay that the app's clock passes, because these tests do not test time limits.</summary>
    private static readonly TimeSpan NoLimit = TimeSpan.FromHours(1);

    public static TheoryData<string> Works() => [.. LeakWork.All.Keys];

    public static TheoryData<string, string> Failures() => KeyLeakTests.Failures();

    [Theory]
    [MemberData(nameof(Works))]
    public async Task Nothing_leaks_while_all_is_well(string work)
    {
        await using var app = new LeakApp(defaults: AddPatiently);

        await app.RunAsync(LeakWork.All[work]);

        Assert.Empty(await app.LeaksAsync());
        Assert.Empty(app.Service.OtherHosts);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Nothing_leaks_when_an_endpoint_fails(string endpoint, string fault)
    {
        await using var app = new LeakApp(defaults: AddPatiently);
        var reply = Fault.Of(endpoint, fault);
        app.Service.Fail(endpoint, request => Task.FromResult(reply(request)));

        await app.RunAsync(LeakWork.Reaching(endpoint));

        Assert.Empty(await app.LeaksAsync());
        Assert.Empty(app.Service.OtherHosts);
        Assert.True(app.Service.WasAsked(endpoint));
        Assert.True(app.Recording.Has(LeakChannel.Log, PollyLog));
        Assert.True(app.Recording.Has(LeakChannel.Metric, PollyMeter));
    }

    /// <summary>Creates are excluded: the client waits longer for the response than the app's clock runs.</summary>
    [Theory]
    [InlineData("list")]
    [InlineData("detail")]
    [InlineData("token")]
    [InlineData("put")]
    [InlineData("image")]
    public async Task Nothing_leaks_when_an_endpoint_does_not_answer_in_time(string endpoint)
    {
        await using var app = new LeakApp(defaults: StandardHandler.All["hedging around resilience"].Add);
        app.Service.Fail(endpoint, async _ =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, LeakApp.Cancel);
            return Reply.Drop;
        });

        var exception = await app.RunAsync(LeakWork.Reaching(endpoint));

        Assert.IsType<ImaException>(exception);
        Assert.Empty(await app.LeaksAsync());
        Assert.True(app.Recording.Has(LeakChannel.Log, "OnTimeout"));
    }

    /// <summary>The handlers log exception messages unchanged.</summary>
    [Theory]
    [InlineData("list", "product/list")]
    [InlineData("create", "tasks/create")]
    [InlineData("detail", "tasks/detail")]
    [InlineData("token", "getuploadtoken")]
    public async Task Primary_handler_that_prints_its_requests_in_errors_leaks_nothing(string endpoint, string path)
    {
        await using var app = new LeakApp(primary: inner => new TalkativeHandler(path) { InnerHandler = inner }, defaults: AddPatiently);

        var exception = await app.RunAsync(LeakWork.Reaching(endpoint));

        Assert.IsType<ImaException>(exception);
        Assert.Empty(await app.LeaksAsync());
        Assert.True(app.Recording.Has(LeakChannel.Log, "Its text is not shown"));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("token")]
    [InlineData("put")]
    [InlineData("image")]
    public async Task Own_resilience_handler_logs_and_measures_nothing(string endpoint)
    {
        await using var app = new LeakApp();
        app.Service.Fail(endpoint, _ => Task.FromResult(Reply.GatewayError));

        await app.RunAsync(LeakWork.Reaching(endpoint));

        await app.LeaksAsync();
        Assert.Equal(3, app.Service.TimesAsked(endpoint));
        Assert.False(app.Recording.Has(LeakChannel.Log, PollyLog));
        Assert.False(app.Recording.Has(LeakChannel.Metric, PollyMeter));
    }

    private static void AddPatiently(IHttpClientBuilder client)
    {
        StandardHandler.All["hedging around resilience"].Add(client);
        client.Services.ConfigureAll<HttpStandardResilienceOptions>(options =>
        {
            options.CircuitBreaker.SamplingDuration = 2 * NoLimit;
            options.TotalRequestTimeout.Timeout = options.AttemptTimeout.Timeout = NoLimit;
        });
        client.Services.ConfigureAll<HttpStandardHedgingResilienceOptions>(options =>
        {
            options.Endpoint.CircuitBreaker.SamplingDuration = 2 * NoLimit;
            options.TotalRequestTimeout.Timeout = options.Endpoint.Timeout.Timeout = NoLimit;
        });
    }
}
