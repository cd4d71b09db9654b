using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Journal;
using static ImaNanoBanana.Tests.Submitting.RecoveryScene;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>What a stream shows until its task is accepted, and that nothing follows the step in which the caller cancels.</summary>
public sealed class SubmissionStageTests : IDisposable
{
    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };
    private static readonly ImageRequest Edit = Request with { Images = [ImageInput.FromBytes(Downloads.DownloadTests.Png)] };

    private readonly TestTimeProvider _time = new();
    private readonly SpyJournal _journal;
    private readonly CancellationTokenSource _cancel = new();

    public SubmissionStageTests() => _journal = new SpyJournal(new MemoryTaskJournal(_time));

    public void Dispose() => _cancel.Dispose();

    [Fact]
    public async Task Upload_is_shown_before_the_submission()
    {
        using var handler = new ScriptedHandler();

        Assert.Equal(["Preparing", "Uploading 6", "Submitting 6", "Accepted 6"], await ReadAsync(handler, Edit));
    }

    /// <summary>A price is shown once, not for each send.</summary>
    [Fact]
    public async Task Same_plan_that_is_sent_again_is_not_shown_again()
    {
        using var handler = new ScriptedHandler().With("create", (429, ""), new ScriptedAnswer(-1), (200, ScriptedHandler.Accepted));

        Assert.Equal(["Preparing", "Submitting 6", "Accepted 6"], await ReadAsync(handler, Request));
        Assert.Equal(2, handler.Count("create"));
    }

    [Fact]
    public async Task Each_plan_is_shown_before_it_is_sent()
    {
        using var handler = Refreshing(
            """{"attribute_id":2,"points":5,"attributes":{"size":"1K"}}""", (200, """{"code":6006}"""), (200, ScriptedHandler.Accepted));

        Assert.Equal(["Preparing", "Submitting 6", "Submitting 5", "Accepted 5"], await ReadAsync(handler, Request));
    }

    /// <summary>After that step, the images are not uploaded, the ledger is not asked, and nothing is sent.</summary>
    [Theory]
    [InlineData("find", "", "")]
    [InlineData("getuploadtoken", "reserve,release", "")]
    [InlineData("claim", "reserve,release", "")]
    [InlineData("renew", "reserve,release", "create")]
    public async Task Nothing_follows_the_step_in_which_the_caller_cancels(string step, string ledger, string sent)
    {
        using var handler = new ScriptedHandler().With("create", new ScriptedAnswer(429, "", "20"), (200, ScriptedHandler.Accepted));
        using var cancelling = new CancellingHandler(handler, step, _cancel);
        using var client = TestClients.Create(TestClient.PatientOptions(), cancelling, _time, journal: _journal);
        var spy = new SpyLedger(_time);
        var request = (step == "getuploadtoken" ? Edit : Request) with { Budget = new CreditBudget(spy, new CreditAccount("shop", 20)) };
        var quote = await client.QuoteAsync(request, Token);
        _journal.Before = name => name == step ? _cancel.CancelAsync() : Task.CompletedTask;

        var submit = client.SubmitAsync(quote, _cancel.Token);
        await _time.RunAsync(submit, LongestDelay, Token);

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => submit);
        Assert.Equal((ImaChargeStatus.NotCharged, "order-1"), (exception.ChargeStatus, exception.IdempotencyKey));
        Assert.IsAssignableFrom<OperationCanceledException>(exception.InnerException);
        Assert.Equal(ledger, string.Join(',', spy.Methods));
        Assert.Equal(sent, string.Join(',', handler.Requests.Select(one => one.Endpoint).Where(one => one is "put" or "create")));
    }

    [Fact]
    public async Task Submission_is_not_shown_after_an_upload_that_the_caller_cancels()
    {
        using var handler = new ScriptedHandler();
        using var cancelling = new CancellingHandler(handler, "getuploadtoken", _cancel);
        using var client = TestClients.Create(TestClient.PatientOptions(), cancelling, _time);
        var shown = new List<ImageStage>();

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(async () =>
        {
            await foreach (var item in client.GenerateStreamingAsync(Edit, _cancel.Token))
            {
                shown.Add(item.Stage);
            }
        });

        Assert.Equal([ImageStage.Preparing, ImageStage.Uploading], shown);
        Assert.Equal((ImaChargeStatus.NotCharged, "order-1"), (exception.ChargeStatus, exception.IdempotencyKey));
    }

    private async Task<List<string>> ReadAsync(ScriptedHandler handler, ImageRequest request)
    {
        var shown = new List<string>();
        await RunAsync(
            handler,
            async client =>
            {
                await foreach (var item in client.GenerateStreamingAsync(request, Token))
                {
                    shown.Add(FormattableString.Invariant($"{item.Stage} {item.Credits}").TrimEnd());
                    if (item.Stage == ImageStage.Accepted)
                    {
                        return;
                    }
                }
            },
            _time);
        return shown;
    }

    /// <summary>Cancels when a request of one kind arrives.</summary>
    private sealed class CancellingHandler(HttpMessageHandler inner, string endpoint, CancellationTokenSource cancel)
        : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith(endpoint, StringComparison.Ordinal))
            {
                await cancel.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
