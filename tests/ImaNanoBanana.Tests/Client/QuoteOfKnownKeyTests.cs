using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Journal;

namespace ImaNanoBanana.Tests.Client;

/// <summary>What the quote for a request knows about the key of the request.</summary>
public sealed class QuoteOfKnownKeyTests : IDisposable
{
    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };

    private readonly TestTimeProvider _time = new();
    private readonly ScriptedHandler _handler = new();
    private readonly SpyJournal _journal;
    private readonly ImaImageClient _client;

    public QuoteOfKnownKeyTests()
    {
        _journal = new SpyJournal(new MemoryTaskJournal(_time));
        _client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, _handler, _time, journal: _journal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    [Fact]
    public async Task Quote_has_the_task_of_its_key_and_when_it_ended()
    {
        await _client.GenerateAsync(Request, Token);
        _time.Advance(TimeSpan.FromHours(1));

        var quote = await _client.QuoteAsync(Request, Token);

        var task = quote.SubmittedTask!;
        Assert.Equal(("task_1", "order-1", _time.Start), (task.Id, task.IdempotencyKey, task.EndedAt));
        Assert.Equal(6, quote.Credits);
    }

    [Theory]
    [InlineData("a puppy", "order-1", true)]
    [InlineData("a kitten", "order-1", false)]
    [InlineData("a puppy", "order-2", false)]
    public async Task Task_is_that_of_the_same_request(string prompt, string key, bool isKnown)
    {
        await _client.SubmitAsync(Request, Token);

        var quote = await _client.QuoteAsync(new ImageRequest(prompt) { IdempotencyKey = key }, Token);

        Assert.Equal((isKnown ? "task_1" : null, 6m), (quote.SubmittedTask?.Id, quote.Credits));
    }

    /// <summary>A contradictory answer named a task; whether it was charged is unknown.</summary>
    [Theory]
    [InlineData(503, "")]
    [InlineData(400, """{"code":400,"data":{"id":"task_1"}}""")]
    public async Task Unknown_outcome_is_no_task(int status, string body)
    {
        _handler.With("create", (status, body));
        await Assert.ThrowsAsync<ImaException>(() => _client.SubmitAsync(Request, Token));

        Assert.Null((await _client.QuoteAsync(Request, Token)).SubmittedTask);
    }

    [Fact]
    public async Task Without_a_key_the_journal_is_not_read()
    {
        var quote = await _client.QuoteAsync(Request with { IdempotencyKey = null }, Token);

        Assert.Null(quote.SubmittedTask);
        Assert.Empty(_journal.Calls);
    }

    [Fact]
    public async Task Journal_that_cannot_be_read_does_not_keep_the_price()
    {
        _journal.Before = _ => throw new IOException("The disk is gone.");

        var quote = await _client.QuoteAsync(Request, Token);

        Assert.Equal((6m, null), (quote.Credits, quote.SubmittedTask));
    }

    [Fact]
    public async Task Caller_cancels_while_the_journal_is_read()
    {
        using var cancel = new CancellationTokenSource();
        _journal.Before = _ => cancel.CancelAsync();

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => _client.QuoteAsync(Request, cancel.Token));

        Assert.Equal((ImaChargeStatus.NotCharged, "order-1"), (exception.ChargeStatus, exception.IdempotencyKey));
    }
}
