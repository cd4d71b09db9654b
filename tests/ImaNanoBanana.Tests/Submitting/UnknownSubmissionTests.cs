using System.Net;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>What is known about a submission whose answer says nothing, and what is said although its body was not read.</summary>
public sealed class UnknownSubmissionTests : IDisposable
{
    private readonly TestTimeProvider _time = new();
    private readonly ScriptedHandler _handler = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    /// <summary>Without an entry, there is nothing to attach a task to.</summary>
    [Theory]
    [InlineData("order-1", false, true)]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    public async Task Journal_is_named_as_the_way_out_if_it_has_an_entry(string? key, bool hasJournal, bool isNamed)
    {
        _handler.With("create", (503, ""));
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key" },
            _handler,
            _time,
            journal: hasJournal ? new MemoryTaskJournal(_time) : null);

        var error = await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = key }, Token));

        Assert.Equal(ImaErrorKind.OutcomeUnknown, error.Kind);
        Assert.Equal(isNamed, error.Message.Contains("AttachTaskAsync", StringComparison.Ordinal));
        Assert.Equal(isNamed, await client.Journal.FindAsync(error.IdempotencyKey!, Token) is not null);
    }

    [Fact]
    public async Task Entry_has_what_was_sent_last()
    {
        _handler.With("create", (503, ""));
        using var client = TestClient.Create(_handler, _time);
        await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = "order-1" }, Token));

        var entry = (await client.Journal.FindAsync("order-1", Token))!;

        Assert.Equal(
            (TaskJournalState.Unknown, null, ImageModel.NanoBanana2, ImageSize.Size1K, 6m),
            (entry.State, entry.Task, entry.Model, entry.Size, entry.Credits));
    }

    /// <summary>A server that refuses the headers need not read the body; the answer is still its answer.</summary>
    [Theory]
    [InlineData(401, ImaErrorKind.Unauthorized)]
    [InlineData(413, ImaErrorKind.Rejected)]
    [InlineData(503, ImaErrorKind.NotSent)]
    public async Task Answer_before_the_body_was_read_is_reported_if_it_settles_the_outcome(int status, ImaErrorKind kind)
    {
        using var early = new EarlyHandler(_handler, status);
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = false }, early, _time);

        var error = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(new ImageRequest("a puppy"), Token));

        Assert.Equal((kind, ImaChargeStatus.NotCharged), (error.Kind, error.ChargeStatus));
        Assert.Equal(0, _handler.Count("create"));
    }

    [Fact]
    public async Task Reason_of_a_submission_that_was_not_sent_is_the_connection()
    {
        _handler.With("create", new ScriptedAnswer(-1));
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = false }, _handler, _time);

        var error = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(new ImageRequest("a puppy"), Token));

        Assert.Equal((ImaErrorKind.NotSent, "connection refused"), (error.Kind, error.InnerException?.Message));
    }

    /// <summary>Answers a create request without asking for its body.</summary>
    private sealed class EarlyHandler(HttpMessageHandler inner, int status) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath.EndsWith("/create", StringComparison.Ordinal)
                ? Task.FromResult(new HttpResponseMessage((HttpStatusCode)status))
                : base.SendAsync(request, cancellationToken);
    }
}
