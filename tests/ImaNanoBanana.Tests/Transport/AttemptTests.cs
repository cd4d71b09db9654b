using System.Net;
using ImaNanoBanana.Options;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Downloads;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Transport;

/// <summary>
/// Only the SDK repeats requests that spend nothing. A handler that sends an attempt again gets the answer of that attempt.
/// </summary>
public class AttemptTests
{
    private readonly TestTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How often each failing request reaches the wire, below a handler that sends everything three times.</summary>
    public static TheoryData<string, int, bool, int> Requests() => new()
    {
        { "list", 503, true, 3 },
        { "list", 503, false, 3 },
        { "list", 400, true, 1 },
        { "getuploadtoken", 503, true, 3 },
        { "getuploadtoken", 503, false, 3 },
        { "put", 503, true, 3 },
        { "put", 503, false, 3 },
        { "1.png", 503, true, 3 },
        { "1.png", 503, false, 3 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Handler_that_sends_again_does_not_multiply_the_requests(string kind, int status, bool retryReads, int expected)
    {
        using var service = new ScriptedHandler().With(kind, (status, ""));
        await using var provider = Provider(service, retryReads, () => new TripleHandler(onlyWhenItFails: true));

        await _time.RunAsync(OutcomeAsync(provider.GetRequiredService<IImaImageClient>(), kind), TimeSpan.FromSeconds(70), Token);

        Assert.Equal(expected, service.Count(kind));
    }

    /// <summary>Hedging: all sends of an attempt at once.</summary>
    [Fact]
    public async Task Concurrent_sends_of_one_attempt_are_one_request_and_all_get_its_answer()
    {
        using var service = new ScriptedHandler();
        await using var provider = Provider(service, retryReads: true, () => new TripleHandler(onlyWhenItFails: false));

        var result = await provider.GetRequiredService<IImaImageClient>().GenerateAsync(new ImageRequest("a puppy"), Token);

        Assert.Equal("task_1", result.Task.Id);
        Assert.Equal((1, 1, 1), (service.Count("list"), service.Count("create"), service.Count("detail")));
    }

    [Fact]
    public async Task Each_attempt_is_its_own_message_so_that_headers_of_a_handler_do_not_accumulate()
    {
        using var service = new ScriptedHandler().With("list", (503, ""));
        var stamps = new StampHandler();
        await using var provider = Provider(service, retryReads: true, () => stamps);

        await _time.RunAsync(OutcomeAsync(provider.GetRequiredService<IImaImageClient>(), "list"), TimeSpan.FromSeconds(5), Token);

        Assert.Equal(["1", "2", "3"], stamps.Seen);
    }

    /// <summary>Otherwise nothing would end it: the time limits of a handler end the handler's wait but not the send.</summary>
    [Theory]
    [InlineData("list", 3)]
    [InlineData("detail", 1)]
    [InlineData("getuploadtoken", 3)]
    [InlineData("put", 3)]
    [InlineData("1.png", 3)]
    public async Task Send_that_a_handler_gave_up_on_ends_with_its_attempt(string kind, int expected)
    {
        using var service = new SilentHandler(kind, new ScriptedHandler());
        await using var provider = Provider(service, retryReads: true, () => new HastyHandler(service));

        await _time.RunAsync(OutcomeAsync(provider.GetRequiredService<IImaImageClient>(), kind), TimeSpan.FromSeconds(5), Token);

        await Task.WhenAll(service.Ends).WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal(expected, service.Ends.Count);
    }

    private ServiceProvider Provider(HttpMessageHandler service, bool retryReads, Func<DelegatingHandler> handler)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time);
        services.AddImaNanoBanana(options =>
        {
            options.ApiKey = "ima_test_key";
            options.RetryReads = retryReads;
        });
        services.AddHttpClient(ImaClientDefaults.ClientName).ConfigurePrimaryHttpMessageHandler(() => service)
            .AddHttpMessageHandler(handler);
        return services.BuildServiceProvider();
    }

    private static async Task OutcomeAsync(IImaImageClient client, string kind)
    {
        var request =
            new ImageRequest("a puppy")
            {
                Images = kind is "getuploadtoken"
                or "put" ? [ImageInput.FromBytes(Downloads.DownloadTests.Png)] : []
            };
        try
        {
            if (kind == "1.png")
            {
                using var destination = new MemoryStream();
                await client.DownloadAsync(new GeneratedImage(new Uri("https://images.example/1.png")), destination, Token);
            }
            else if (kind == "detail")
            {
                await client.GetStatusAsync(new ImageTask("task_1"), Token);
            }
            else
            {
                await client.SubmitAsync(request, Token);
            }

            Assert.Fail("It was to fail.");
        }
        catch (ImaException)
        {
            // Other tests check which error it is.
        }
    }

    /// <summary>Sends three times: one after the other while it fails, or all at once.</summary>
    private sealed class TripleHandler(bool onlyWhenItFails) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!onlyWhenItFails)
            {
                var sends = Enumerable.Range(0, 3).Select(_ => base.SendAsync(request, cancellationToken)).ToList();
                return await await Task.WhenAny(sends);
            }

            var response = await base.SendAsync(request, cancellationToken);
            for (var again = 0; again < 2 && response.StatusCode == HttpStatusCode.ServiceUnavailable; again++)
            {
                response = await base.SendAsync(request, cancellationToken);
            }

            return response;
        }
    }

    private sealed class StampHandler : DelegatingHandler
    {
        public List<string> Seen { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Attempt", $"{Seen.Count + 1}");
            Seen.Add(string.Join(',', request.Headers.GetValues("X-Attempt")));
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Never answers requests of one kind.</summary>
    private sealed class SilentHandler(string kind, ScriptedHandler inner) : DelegatingHandler(inner)
    {
        public SemaphoreSlim Reached { get; } = new(0);

        /// <summary>For each request, the source that completes when it was cancelled.</summary>
        public List<Task> Ends { get; } = [];

        public bool Takes(HttpRequestMessage request) =>
            kind == "put" ? request.Method == HttpMethod.Put : request.RequestUri!.AbsolutePath.EndsWith(kind, StringComparison.Ordinal);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!Takes(request))
            {
                return await base.SendAsync(request, cancellationToken);
            }

            var end = new TaskCompletionSource();
            Ends.Add(end.Task);
            Reached.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            end.SetResult();
            throw new OperationCanceledException(cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            Reached.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>Gives up a request as soon as it is on the wire.</summary>
    private sealed class HastyHandler(SilentHandler service) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sending = base.SendAsync(request, cancellationToken);
            if (!service.Takes(request))
            {
                return await sending;
            }

            await service.Reached.WaitAsync(cancellationToken);
            throw new HttpRequestException("gave up");
        }
    }
}
