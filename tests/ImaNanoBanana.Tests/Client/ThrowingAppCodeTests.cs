using ImaNanoBanana.Options;
using ImaNanoBanana.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Tests.Client;

/// <summary>An exception in the app's code, where the SDK calls it, never loses a charged task.</summary>
public class ThrowingAppCodeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logger_that_throws_loses_no_task_and_fails_no_watch()
    {
        using var handler = new ScriptedHandler().With("detail", (500, ""), (200, ScriptedHandler.Done));
        var time = new TestTimeProvider();
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, handler, time, new ThrowingLogger());

        var task = await client.SubmitAsync(new ImageRequest("a puppy"), Token);
        var wait = client.WaitForCompletionAsync(task, Token);
        await time.RunAsync(wait, PollSchedule.Longest, Token);

        Assert.Equal("task_1", task.Id);
        Assert.Single((await wait).Images);
    }

    [Fact]
    public async Task Handler_whose_cancellation_callback_throws_loses_no_task()
    {
        using var handler = new ScriptedHandler();
        var time = new TestTimeProvider();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        var ima = services.AddImaNanoBanana(options => options.ApiKey = "ima_test_key");
        services.AddHttpClient(ImaClientDefaults.ClientName).ConfigurePrimaryHttpMessageHandler(() => handler).AddHttpMessageHandler(
            () => new ThrowingCallbackHandler());
        await using var provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<IImaImageClient>();
        var quote = await client.QuoteAsync(new ImageRequest("a puppy"), Token);
        var start = client.SubmitAsync(quote, Token);
        await time.RunAsync(start, TimeSpan.FromSeconds(120), Token);

        Assert.Equal("task_1", (await start).Id);
    }

    private sealed class ThrowingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The disk of the log is full.");
    }

    /// <summary>Never returns its answer, and throws when it is cancelled.</summary>
    private sealed class ThrowingCallbackHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post)
            {
                cancellationToken.Register(() => throw new InvalidOperationException("A callback of the app."));
                using var kept = await base.SendAsync(request, cancellationToken);
                await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
