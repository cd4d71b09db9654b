using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>
/// Entries disappear, one or all with their folder. What the process knows of its submissions takes precedence over any claim.
/// </summary>
public sealed class LostEntryTests : IDisposable
{
    private const string Second = """{"code":200,"data":{"id":"task_2"}}""";

    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly TestTimeProvider _time = new();
    private readonly ScriptedHandler _handler = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _handler.Dispose();
        TestFolder.Delete(new DirectoryInfo(_folder));
    }

    /// <summary>
    /// When the entry disappears: while the create is in flight, or after the task was recorded; and what disappears.
    /// </summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Same_key_returns_the_same_task(bool isDuringTheCreate, bool isWholeFolder)
    {
        _handler.With("create", (200, ScriptedHandler.Accepted), (200, Second));
        using var losing = new Meanwhile(_handler, () => Lose(isDuringTheCreate, isWholeFolder));
        using var client = Client(losing);

        var first = await client.SubmitAsync(Request, Token);
        Lose(true, isWholeFolder);
        var second = await client.SubmitAsync(Request, Token);
        var quoted = await client.SubmitAsync(await client.QuoteAsync(Request, Token), Token);
        var result = await client.GenerateAsync(Request, Token);

        Assert.Equal(isDuringTheCreate, first.JournalFailed);
        Assert.Equal(["task_1", "task_1", "task_1", "task_1"], [first.Id, second.Id, quoted.Id, result.Task.Id]);
        Assert.Equal(1, _handler.Count("create"));
    }

    /// <summary>
    /// Another process submitted the task and this one delivered it. The journal returned the entry before it lost it.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Task_that_another_process_charged_is_known_once_it_is_delivered(bool isResumed)
    {
        _handler.With("create", (200, ScriptedHandler.Accepted), (200, Second));
        using (var other = Client(_handler))
        {
            await other.SubmitAsync(Request, Token);
        }

        using var client = Client(_handler);
        if (isResumed)
        {
            await foreach (var left in client.ResumeAsync(cancellationToken: Token))
            {
                Assert.Equal("task_1", left.Task?.Id);
            }
        }
        else
        {
            Assert.Equal("task_1", (await client.SubmitAsync(Request, Token)).Id);
        }

        Lose(true, true);

        Assert.Equal("task_1", (await client.SubmitAsync(Request, Token)).Id);
        Assert.Equal(1, _handler.Count("create"));
    }

    /// <summary>Another request with the key is rejected and not submitted.</summary>
    [Fact]
    public async Task Same_key_for_another_request_is_rejected()
    {
        using var losing = new Meanwhile(_handler, () => Lose(true, true));
        using var client = Client(losing);
        await client.SubmitAsync(Request, Token);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request with { Prompt = "a kitten" }, Token));

        Assert.Equal((ImaErrorKind.IdempotencyKeyConflict, 1), (exception.Kind, _handler.Count("create")));
    }

    /// <summary>An unknown outcome stays unknown until the owner resolves it in this process.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unknown_outcome_is_not_submitted_again(bool isForgotten)
    {
        _handler.With("create", (0, ""), (200, Second));
        using var losing = new Meanwhile(_handler, () => Lose(true, true));
        using var client = Client(losing);
        Assert.Equal(ImaErrorKind.OutcomeUnknown, (await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token))).Kind);
        Assert.Equal(ImaErrorKind.OutcomeUnknown, (await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token))).Kind);
        Assert.Equal(1, _handler.Count("create"));

        if (isForgotten)
        {
            Assert.True(await client.Journal.RemoveAsync("order-1", Token));
        }
        else
        {
            await client.Journal.AttachTaskAsync("order-1", "task_2", Token);
            Assert.Equal("task_2", (await new FileTaskJournal(_folder).FindAsync("order-1", Token))?.Task?.Id);
        }

        Assert.Equal("task_2", (await client.SubmitAsync(Request, Token)).Id);
        Assert.Equal(isForgotten ? 2 : 1, _handler.Count("create"));
    }

    /// <summary>A second call while the first is in flight waits for it, although the journal has no entry.</summary>
    [Theory]
    [InlineData(ScriptedHandler.Accepted, "task_1", 1)]
    [InlineData("""{"code":4008}""", "task_2", 2)]
    public async Task Second_call_waits_for_the_first(string body, string second, int creates)
    {
        _handler.With("create", (200, body), (200, Second));
        using var held = new HeldHandler(_handler);
        using var client = Client(held);
        var one = client.SubmitAsync(Request, Token);
        await held.Arrived.WaitAsync(Token);
        Lose(true, true);

        var other = client.SubmitAsync(Request, Token);
        await _time.WaitForTimerAsync(TimeSpan.FromMilliseconds(250), Token);
        Assert.Equal(1, _handler.Count("create"));
        held.Release();
        await Task.WhenAny(one);
        await _time.RunAsync(other, TimeSpan.FromSeconds(1), Token);

        Assert.Equal(second, (await other).Id);
        Assert.Equal(creates, _handler.Count("create"));
    }

    /// <summary>For 24 hours, whatever else is submitted meanwhile. A submission in flight is always remembered.</summary>
    [Fact]
    public void Memory_of_the_process_lasts_for_the_promised_time()
    {
        var memory = new SubmissionMemory(_time);
        var (claim, open) = (FileTaskJournalTests.Entry("order-1"), FileTaskJournalTests.Entry("order-2"));
        Assert.Null(memory.TryClaim(claim));
        Assert.Null(memory.TryClaim(open));
        memory.Know(claim with { State = TaskJournalState.Accepted, Task = new ImageTask("task_1") });
        _time.Advance(MemoryTaskJournal.Memory - TimeSpan.FromTicks(1));
        for (var other = 0; other < 20_000; other++)
        {
            memory.TryClaim(FileTaskJournalTests.Entry($"other {other}"));
        }

        Assert.Equal("task_1", memory.Known("order-1", null)?.Task?.Id);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(memory.Known("order-1", null));
        Assert.Equal(open, memory.Known("order-2", null));
    }

    private void Lose(bool isNow, bool isWholeFolder)
    {
        if (!isNow)
        {
            return;
        }

        if (isWholeFolder)
        {
            TestFolder.Delete(new DirectoryInfo(_folder));
            Directory.CreateDirectory(_folder);
            return;
        }

        foreach (var file in Directory.GetFiles(_folder))
        {
            File.Delete(file);
        }
    }

    private ImaImageClient Client(HttpMessageHandler handler) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = false, RequestsPerSecond = null },
        handler,
        _time,
        journal: new FileTaskJournal(_folder));

    /// <summary>Does something while each create is in flight.</summary>
    private sealed class Meanwhile(ScriptedHandler inner, Action action) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/create", StringComparison.Ordinal))
            {
                action();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
