using ImaNanoBanana.Tests.Journal;
using ImaNanoBanana.Tests.Submitting;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Client;

/// <summary>
/// G2. An exception of the app whose message is null, or throws when it is read, is as harmless as any other, wherever the app throws it.
/// </summary>
public sealed class UnreadableExceptionTests : IDisposable
{
    private static readonly CreditAccount Account = new("shop", 20);

    private readonly ScriptedHandler _handler = new();
    private readonly TestTimeProvider _time = new();
    private readonly SpyJournal _journal = new();
    private readonly SpyGate _gate = new();
    private readonly SpyLedger _ledger;

    public UnreadableExceptionTests() => _ledger = new SpyLedger(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    /// <summary>Where the app throws it, and what the caller receives.</summary>
    [Theory]
    [InlineData("journal find", "NotSent")]
    [InlineData("journal claim", "NotSent")]
    [InlineData("journal update", "task_1")]
    [InlineData("ledger reserve", "NotSent")]
    [InlineData("ledger commit", "task_1")]
    [InlineData("gate Read", "CatalogUnavailable")]
    [InlineData("gate Create", "NotSent")]
    [InlineData("gate Poll", "task_1")]
    [InlineData("handler list", "CatalogUnavailable")]
    [InlineData("handler create", "NotSent")]
    [InlineData("handler detail", "task_1")]
    [InlineData("answer list", "CatalogUnavailable")]
    [InlineData("answer create", "OutcomeUnknown")]
    [InlineData("answer detail", "task_1")]
    public async Task Caller_receives_the_same_as_for_any_exception(string place, string expected)
    {
        Assert.Equal(expected, await GenerateAsync(place, new IOException("any")));
        Assert.Equal(expected, await GenerateAsync(place, new NoMessageException(throws: false)));
        Assert.Equal(expected, await GenerateAsync(place, new NoMessageException(throws: true)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Download_fails_with_its_own_error(bool throws)
    {
        using var handler = new FailingHandler(_handler, "handler 1.png", () => new NoMessageException(throws));
        using var client = TestClients.Create(TestClient.PatientOptions(), handler, _time);

        var download = client.DownloadAsync(new GeneratedImage(new Uri("https://images.example/1.png")), Stream.Null, Token);
        await _time.RunAsync(download, PollSchedule.Longest, Token);

        Assert.Equal(ImaErrorKind.DownloadFailed, (await Assert.ThrowsAsync<ImaException>(() => download)).Kind);
    }

    /// <returns>The id of the task or the kind of the error.</returns>
    private async Task<string> GenerateAsync(string place, Exception exception)
    {
        _journal.Before = call => place == "journal " + call ? throw exception : Task.CompletedTask;
        _ledger.Before = call => place == "ledger " + call.Method ? throw exception : Task.CompletedTask;
        var (name, polls) = ($"{exception.GetType()} {exception.HResult}", 0);
        _gate.Wait = (kind, _, _) =>
            place == $"gate {kind}" && (kind != ImaRequestKind.Poll || polls++ == 0) ? throw exception : Task.CompletedTask;
        using var handler = new FailingHandler(_handler, place, () => exception);
        using var client = TestClients.Create(
            TestClient.PatientOptions(),
            handler,
            _time,
            journal: _journal,
            budget: new CreditBudget(_ledger, Account with { Name = name }),
            gate: _gate);
        try
        {
            var generate = client.GenerateAsync(new ImageRequest("a puppy") { IdempotencyKey = name }, Token);
            await _time.RunAsync(generate, TimeSpan.FromSeconds(60), Token);
            return (await generate).Task.Id;
        }
        catch (ImaException error)
        {
            return error.Kind.ToString();
        }
    }

    private sealed class NoMessageException : Exception
    {
        private readonly bool _throws;

        public NoMessageException(bool throws) => (_throws, HResult) = (throws, throws ? 1 : 2);

        public override string Message => _throws ? throw new InvalidOperationException("The resources are gone.") : null!;
    }

    /// <summary>Throws instead of a request ("handler ..."), or after it was answered ("answer ..."); only the first poll.</summary>
    private sealed class FailingHandler(ScriptedHandler inner, string place, Func<Exception> exception) : DelegatingHandler(inner)
    {
        private bool _hasPolled;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var endpoint = request.RequestUri!.AbsolutePath.Split('/')[^1];
            var isDue = place.EndsWith(' ' + endpoint, StringComparison.Ordinal) && !(endpoint == "detail" && _hasPolled);
            _hasPolled |= endpoint == "detail";
            if (isDue && place.StartsWith("handler", StringComparison.Ordinal))
            {
                throw exception();
            }

            var response = await base.SendAsync(request, cancellationToken);
            return isDue && place.StartsWith("answer", StringComparison.Ordinal) ? throw exception() : response;
        }
    }
}
