using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of llms.txt, compiled and run.</summary>
public sealed class LlmsSnippets : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly Queue _queue = new();

    public static TheoryData<ImaErrorKind> Kinds => [.. Enum.GetValues<ImaErrorKind>()];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(_folder);

    [Fact]
    public async Task Next_process_saves_what_the_last_one_submitted()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        using (var first = App(simulator))
        {
            await SubmitAsync(first.Services.GetRequiredService<IImaImageClient>(), "a puppy", "order-1");
        }

        using var second = App(simulator);
        await ResumeAsync(second.Services.GetRequiredService<IImaImageClient>(), _folder.FullName, Token);

        Assert.Single(simulator.Charges);
        Assert.Single(_folder.EnumerateFiles("*.png"));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1_000, 1)]
    public async Task Quote_is_submitted_if_the_balance_allows_it(decimal balance, int charges)
    {
        using var app = new SimulatedApp();

        await QuoteAsync(app.Client, new ImageRequest("a puppy"), balance, Token);

        Assert.Equal(charges, app.Simulator.Charges.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Only_what_was_not_charged_is_put_back(ImaErrorKind kind)
    {
        var error = new ImaException(kind, "text") { Task = new ImageTask("task_1") };
        var client = Substitute.For<IImaImageClient>();
        client.GenerateAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>()).ThrowsAsync(error);

        var thrown = await Record.ExceptionAsync(() => GenerateAsync(client, new ImageRequest("a puppy"), _queue, Token));

        Assert.Equal(error.RetryGuidance == ImaRetryGuidance.SubmitAgain ? 1 : 0, _queue.Requests);
        Assert.Equal(error.RetryGuidance == ImaRetryGuidance.CheckTask ? 1 : 0, _queue.Tasks);
        Assert.Equal(
            error.RetryGuidance is ImaRetryGuidance.ChangeRequest or ImaRetryGuidance.SubmitAgainAtNewCost ? error : null, thrown);
    }

    [Fact]
    public async Task Unknown_outcome_without_a_task_reaches_the_caller()
    {
        var client = Substitute.For<IImaImageClient>();
        client.GenerateAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>())
            .ThrowsAsync(new ImaException(ImaErrorKind.OutcomeUnknown, "text"));

        await Assert.ThrowsAsync<ImaException>(() => GenerateAsync(client, new ImageRequest("a puppy"), _queue, Token));

        Assert.Equal((0, 0), (_queue.Requests, _queue.Tasks));
    }

    [Fact]
    public async Task Request_that_was_put_back_is_charged_once()
    {
        var (time, tooLong) = (new TestTimeProvider(), TimeSpan.FromSeconds(61));
        using var simulator = new ImaSimulator(time) { ProcessingTime = TimeSpan.Zero };
        simulator.Script("create", new SimulatedFault { Status = 429, RetryAfter = $"{tooLong.TotalSeconds:0}" });
        await using var provider = new ServiceCollection().AddSingleton<TimeProvider>(time)
            .AddImaNanoBanana().UseSimulator(simulator).Services.BuildServiceProvider();
        var client = provider.GetRequiredService<IImaImageClient>();
        var request = new ImageRequest("a puppy") { IdempotencyKey = "order-1" };

        var none = await GenerateAsync(client, request, _queue, Token);
        time.Advance(tooLong);
        var result = await GenerateAsync(client, request, _queue, Token);

        Assert.Null(none);
        Assert.NotNull(result);
        Assert.Equal(1, _queue.Requests);
        Assert.Single(simulator.Charges);
    }

    private static void Register(HostApplicationBuilder builder, string folder)
    {
        // >>>
        builder.Services.AddImaNanoBanana().AddFileJournal(folder);
        // <<<
    }

    private static async Task<ImageTask> SubmitAsync(IImaImageClient client, string prompt, string orderId)
    {
        // >>>
        var request = new ImageRequest(prompt) { IdempotencyKey = orderId, MaxCredits = 20 };
        var task = await client.SubmitAsync(request, CancellationToken.None);
        // <<<
        return task;
    }

    private static async Task QuoteAsync(
        IImaImageClient client, ImageRequest request, decimal balance, CancellationToken cancellationToken)
    {
        // >>>
        var quote = await client.QuoteAsync(request, cancellationToken);
        if (quote.Credits <= balance)
        {
            await client.SubmitAsync(quote, CancellationToken.None);
        }
        // <<<
    }

    private static async Task<ImageResult?> GenerateAsync(
        IImaImageClient client, ImageRequest request, Queue queue, CancellationToken cancellationToken)
    {
        // >>>
        try
        {
            return await client.GenerateAsync(request, cancellationToken);
        }
        catch (ImaException exception) when (exception.RetryGuidance == ImaRetryGuidance.SubmitAgain)
        {
            // Nothing was charged: put the same request, with the same key, back into the queue.
            await queue.PutBackAsync(request, exception.RetryAfter ?? TimeSpan.FromMinutes(1), CancellationToken.None);
        }
        catch (ImaException exception) when (exception.RetryGuidance == ImaRetryGuidance.CheckTask && exception.Task is { } task)
        {
            // Charged, or perhaps charged: never submit it again. Wait for its images with ImageTask.FromHandle(handle).
            await queue.KeepTaskAsync(task.ToHandle(), CancellationToken.None);
        }
        // <<<

        return null;
    }

    private static async Task ResumeAsync(IImaImageClient client, string folder, CancellationToken cancellationToken)
    {
        // >>>
        await foreach (var left in client.ResumeAsync(cancellationToken: cancellationToken))
        {
            if (left.Result is { } result)
            {
                await client.SaveAsync(result, folder, cancellationToken: cancellationToken);
            }
        }
        // <<<
    }

    private IHost App(ImaSimulator simulator)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        Register(builder, Path.Combine(_folder.FullName, "journal"));
        builder.Services.AddImaNanoBanana().UseSimulator(simulator);
        return builder.Build();
    }

    private sealed class Queue
    {
        public int Requests { get; private set; }

        public int Tasks { get; private set; }

        public Task PutBackAsync(ImageRequest request, TimeSpan delay, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Requests += request is not null && delay > TimeSpan.Zero ? 1 : 0;
            return Task.CompletedTask;
        }

        public Task KeepTaskAsync(string handle, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tasks += ImageTask.FromHandle(handle).Id.Length > 0 ? 1 : 0;
            return Task.CompletedTask;
        }
    }
}
