using System.Collections.Concurrent;
using System.Reflection;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Client;

/// <summary>The mistakes that everyone makes in the first five minutes, and the messages they get. Sets the environment.</summary>
public sealed class BeginnersMistakesTests : IDisposable
{
    private const string KeyPage = "https://www.imaclaw.ai/imaclaw/apikey";
    private const string NothingSubmitted = "Nothing was submitted";

    private readonly ImaSimulator _simulator = new() { ProcessingTime = TimeSpan.Zero };
    private readonly EnvironmentVariable _environment = new("IMA_API_KEY", null);

    /// <summary>Each mistake, and the names and values that its message must contain.</summary>
    public static TheoryData<string, string[]> Mistakes => new()
    {
        { "no key", [KeyPage, "ApiKey", "IMA_API_KEY"] },
        { "no key in a script", [KeyPage, "ApiKey", "AddImaNanoBanana()", "Environment.GetEnvironmentVariable(\"IMA_API_KEY\")"] },
        { "wrong key", [KeyPage, NothingSubmitted] },
        { "key with a line break", ["ApiKey", "a line break"] },
        { "typo in the configuration", ["'ApiKeyy'", "Did you mean ApiKey?", KeyPage, "IMA_API_KEY"] },
        { "unknown model", ["'dall-e-3'", "gemini-3.1-flash-image, gemini-3-pro-image", NothingSubmitted] },
        { "unknown size", ["'3K'", "'size'", "512px, 1K, 2K, 4K", NothingSubmitted] },
        { "http image", ["'http://example.com/cat.png'", "Use https or a local file", NothingSubmitted] },
        { "missing file", ["'missing.png'", NothingSubmitted] },
        { "file that is no image", ["'source image 1 (5 bytes in memory)'", "PNG, JPEG, WebP or GIF", NothingSubmitted] },
        { "empty prompt", ["prompt", NothingSubmitted] },
        { "null request", ["'request'"] },
        { "too expensive", ["18 credits", "10 are allowed", "No credits were spent"] },
        { "no credits left", ["https://www.imaclaw.ai/imaclaw/subscription", "No credits were spent"] },
        { "disposed client", ["ImaNanoBanana.ImaImageClient"] },
        { "stream read twice", ["GenerateStreamingAsync", "WatchAsync", "submitted nothing"] },
        { "no handle", ["ImageTask.ToHandle()", "\"id\""] },
        { "task without an id", ["id", "Nothing was sent"] },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _environment.Dispose();
        _simulator.Dispose();
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Mistake_gets_a_message_with_what_to_do(string mistake, string[] named)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => MakeAsync(mistake));

        Assert.All(named, name => Assert.Contains(name, exception.Message, StringComparison.Ordinal));
        Assert.Empty(_simulator.Charges);
    }

    [Fact]
    public async Task Size_of_8K_is_submitted_as_4K_and_reported()
    {
        using var client = Client();

        var result = await client.GenerateAsync(new ImageRequest("a cat") { Size = new ImageSize("8K") }, Token);

        Assert.Equal((ImageSize.Size4K, ImageAdjustmentKind.Size8KTo4K), (result.Task.Size, Assert.Single(result.Adjustments).Kind));
    }

    [Fact]
    public void Every_constructor_of_the_client_requires_a_key_or_options() => Assert.All(
        typeof(ImaImageClient).GetConstructors(BindingFlags.Public | BindingFlags.Instance),
        constructor => Assert.False(constructor.GetParameters()[0].HasDefaultValue));

    /// <summary>A user-interface thread blocks on the result, and the continuations do not need that thread.</summary>
    [Fact]
    public async Task Sync_over_async_does_not_hang_on_a_thread_with_a_context()
    {
        using var context = new OneThread();

        var image = await context.RunAsync(() =>
        {
            using var client = Client();
            return client.GenerateAsync(new ImageRequest("a cat"), Token).GetAwaiter().GetResult().Image;
        }).WaitAsync(Token);

        Assert.NotNull(image.Url);
    }

    private async Task MakeAsync(string mistake)
    {
        using var client = Client();
        var request = new ImageRequest("a cat");
        switch (mistake)
        {
            case "no key":
                await using (var provider = new ServiceCollection().AddImaNanoBanana().Services.BuildServiceProvider())
                {
                    provider.GetRequiredService<IImaImageClient>();
                }

                break;
            case "no key in a script":
                new ImaImageClient("").Dispose();
                break;
            case "wrong key":
                using (var handler = new ScriptedHandler().With("list", (200, """{"code":401,"message":"Unauthorized"}""")))
                using (var wrong = TestClient.Create(handler))
                {
                    await wrong.GenerateAsync(request, Token);
                }

                break;
            case "key with a line break":
                await using (
                    var provider = new ServiceCollection().AddImaNanoBanana(
                        options => options.ApiKey = "ima_key\nima_key").Services.BuildServiceProvider())
                {
                    provider.GetRequiredService<IImaImageClient>();
                }

                break;
            case "typo in the configuration":
                var section = new ConfigurationBuilder().AddInMemoryCollection([new("ApiKeyy", "ima_key")]).Build();
                await using (var provider = new ServiceCollection().AddImaNanoBanana(section).Services.BuildServiceProvider())
                {
                    provider.GetRequiredService<IImaImageClient>();
                }

                break;
            case "no credits left":
                _simulator.Balance = 5;
                await client.GenerateAsync(request, Token);
                break;
            case "disposed client":
                client.Dispose();
                await client.GenerateAsync(request, Token);
                break;
            case "stream read twice":
                var stream = client.GenerateStreamingAsync(request with { MaxCredits = 1 }, Token);
                await Assert.ThrowsAsync<ImaException>(() => ReadAsync(stream));
                await ReadAsync(stream);
                break;
            case "no handle":
                await client.WaitForCompletionAsync(ImageTask.FromHandle("task_1"), Token);
                break;
            case "task without an id":
                await client.WaitForCompletionAsync(new ImageTask(""), Token);
                break;
            default:
                await client.GenerateAsync(Wrong(mistake, request)!, Token);
                break;
        }
    }

    private static ImageRequest? Wrong(string mistake, ImageRequest request) => mistake switch
    {
        "unknown model" => request with { Model = new ImageModel("dall-e-3") },
        "unknown size" => request with { Size = new ImageSize("3K") },
        "http image" => request with { Images = [ImageInput.FromUrl("http://example.com/cat.png")] },
        "missing file" => request with { Images = [ImageInput.FromFile("missing.png")] },
        "file that is no image" => request with { Images = [ImageInput.FromBytes("hello"u8)] },
        "empty prompt" => request with { Prompt = "" },
        "too expensive" => request with { Model = ImageModel.NanoBananaPro, Size = ImageSize.Size4K, MaxCredits = 10 },
        "null request" => null,
        _ => throw new ArgumentOutOfRangeException(nameof(mistake), mistake, "No such mistake."),
    };

    private ImaImageClient Client() => TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, _simulator);

    private static async Task ReadAsync(IAsyncEnumerable<ImageProgress> stream)
    {
        await foreach (var item in stream)
        {
            Assert.NotNull(item);
        }
    }

    /// <summary>A thread that runs the callbacks posted to it, as a user-interface thread does.</summary>
    private sealed class OneThread : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<Action> _work = [];
        private readonly Thread _thread;

        public OneThread()
        {
            _thread = new Thread(() =>
            {
                SetSynchronizationContext(this);
                foreach (var action in _work.GetConsumingEnumerable())
                {
                    action();
                }
            })
            { IsBackground = true };
            _thread.Start();
        }

        public override void Post(SendOrPostCallback d, object? state) => _work.Add(() => d(state));

        public Task<T> RunAsync<T>(Func<T> work)
        {
            var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            _work.Add(() =>
            {
                try
                {
                    result.SetResult(work());
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    result.SetException(exception);
                }
            });
            return result.Task;
        }

        public void Dispose()
        {
            _work.CompleteAdding();
            _thread.Join();
            _work.Dispose();
        }
    }
}
