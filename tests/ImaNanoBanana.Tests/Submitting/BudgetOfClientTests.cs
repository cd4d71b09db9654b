using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Journal;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>What the client reserves, spends and releases. The scripted price is 6 credits.</summary>
public sealed class BudgetOfClientTests : IDisposable
{
    private const string MoreExpensiveList = """{"code":200,"data":[{"id":"flash-v1","type":"3","model_id":"gemini-3.1-flash-image","name":"Nano Banana 2","form_config":[{"field":"size","value":"1K"}],"credit_rules":[{"attribute_id":4401,"points":9,"attributes":{"size":"1K"}}]}]}""";

    private static readonly ImageRequest Request = new("a puppy");

    private readonly ScriptedHandler _handler = new();
    private readonly TestTimeProvider _time = new();
    private readonly CreditBudget _budget = new(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    /// <summary>The outcome of the create, and how many of the 20 credits are spent by it.</summary>
    [Theory]
    [InlineData(200, """{"code":200,"data":{"id":"task_1"}}""", 6)]
    [InlineData(200, """{"code":500,"data":{"id":"task_1"}}""", 6)]
    [InlineData(0, "", 6)]
    [InlineData(502, "", 6)]
    [InlineData(-1, "", 0)]
    [InlineData(200, """{"code":4008}""", 0)]
    [InlineData(401, "", 0)]
    [InlineData(400, "", 0)]
    public async Task Submission_is_spent_unless_it_was_certainly_not_charged(int status, string body, int spent)
    {
        _handler.With("create", (status, body));
        using var client = Client(_budget, retries: false);

        _ = await Record.ExceptionAsync(() => client.SubmitAsync(Request, Token));

        Assert.Equal((spent, 0), (_budget.Usage.Spent, _budget.Usage.Reserved));
    }

    [Fact]
    public async Task Task_that_failed_is_spent()
    {
        _handler.With("detail", (200, """{"code":200,"data":{"medias":[{"resource_status":2}]}}"""));
        using var client = Client(_budget);

        await Assert.ThrowsAsync<ImaException>(() => client.GenerateAsync(Request, Token));

        Assert.Equal((6, 0), (_budget.Usage.Spent, _budget.Usage.Reserved));
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("quote")]
    [InlineData("upload")]
    public async Task Submission_beyond_the_budget_is_rejected_before_anything_is_sent(string call)
    {
        var budget = new CreditBudget(11.5m, TimeSpan.FromDays(1), _time);
        using var client = Client(budget);
        await client.SubmitAsync(Request, Token);
        var sent = _handler.Requests.Count;

        var exception = await Assert.ThrowsAsync<ImaException>(async () => _ = call switch
        {
            "generate" => (await client.GenerateAsync(Request with { IdempotencyKey = "order-1" }, Token)).Task,
            "quote" => await client.SubmitAsync(await client.QuoteAsync(Request with { IdempotencyKey = "order-1" }, Token), Token),
            _ => await client.SubmitAsync(
                Request with { IdempotencyKey = "order-1", Images = [ImageInput.FromBytes([0xFF, 0xD8, 0xFF, 0xE0])] }, Token),
        });

        Assert.Equal((ImaErrorKind.BudgetExceeded, 5.5m, 6), (exception.Kind, exception.AllowedCredits, exception.RequiredCredits));
        Assert.Equal("order-1", exception.IdempotencyKey);
        Assert.Contains("11.5 credits in 24 hours", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_handler.Requests[sent..], request => request.Endpoint is "create" or "getuploadtoken" or "put");
        Assert.Null(await client.Journal.FindAsync("order-1", Token));
        Assert.Equal(0, budget.Usage.Reserved);
    }

    [Fact]
    public async Task Budgets_of_client_and_request_both_apply_and_a_shared_one_once()
    {
        var (small, other) = (new CreditBudget(5), new CreditBudget(6));
        using var client = Client(_budget);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request with { Budget = small }, Token));
        Assert.Equal((ImaErrorKind.BudgetExceeded, 5, 6), (exception.Kind, exception.AllowedCredits, exception.RequiredCredits));
        Assert.Equal((0, 0), (_budget.Usage.Reserved, small.Usage.Reserved));

        await client.SubmitAsync(Request with { Budget = other }, Token);
        await client.SubmitAsync(Request with { Budget = _budget }, Token);
        Assert.Equal((12, 6), (_budget.Usage.Spent, other.Usage.Spent));
    }

    [Fact]
    public async Task Existing_task_of_the_key_costs_nothing()
    {
        using var client = Client(new CreditBudget(6));

        for (var call = 0; call < 3; call++)
        {
            Assert.Equal("task_1", (await client.SubmitAsync(Request with { IdempotencyKey = "order-1" }, Token)).Id);
        }
    }

    [Fact]
    public async Task Stream_that_is_left_releases_its_credits()
    {
        using var client = Client(_budget);
        await foreach (var item in client.GenerateStreamingAsync(Request, Token))
        {
            if (item.Stage == ImageStage.Submitting)
            {
                Assert.Equal(6, _budget.Usage.Reserved);
                break;
            }
        }

        Assert.Equal((0, 0), (_budget.Usage.Spent, _budget.Usage.Reserved));
    }

    /// <summary>A price that rose from 6 to 9 within MaxCredits must also fit into the budget.</summary>
    [Theory]
    [InlineData(8, 1, 0)]
    [InlineData(9, 2, 9)]
    public async Task More_expensive_submission_needs_the_rest_of_the_budget(int limit, int creates, int spent)
    {
        _handler.With("list", (200, $$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}"""), (200, MoreExpensiveList))
            .With("create", (200, """{"code":6006}"""), (200, ScriptedHandler.Accepted));
        var budget = new CreditBudget(limit);
        using var client = Client(budget);

        var exception = await Record.ExceptionAsync(() => client.SubmitAsync(Request with { MaxCredits = 100 }, Token));

        Assert.Equal(creates == 2 ? null : ImaErrorKind.BudgetExceeded, (exception as ImaException)?.Kind);
        Assert.Equal((creates, spent, 0), (_handler.Count("create"), budget.Usage.Spent, budget.Usage.Reserved));
    }

    /// <summary>The answer arrives after the caller is gone; until then the credits stay reserved.</summary>
    [Theory]
    [InlineData("""{"code":200,"data":{"id":"task_1"}}""", 6)]
    [InlineData("{}", 6)]
    [InlineData("""{"code":4008}""", 0)]
    public async Task Late_answer_settles_the_reserved_credits(string body, int spent)
    {
        _handler.With("create", (200, body));
        using var held = new HeldHandler(_handler);
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, held, _time, budget: _budget);
        using var cancel = new CancellationTokenSource();

        var start = client.SubmitAsync(Request, cancel.Token);
        await held.Arrived.WaitAsync(Token);
        await cancel.CancelAsync();
        await _time.RunAsync(start, TimeSpan.FromSeconds(15), Token);
        await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => start);
        Assert.Equal((0, 6), (_budget.Usage.Spent, _budget.Usage.Reserved));
        held.Release();
        while (_budget.Usage.Reserved > 0)
        {
            await Task.Yield();
        }

        Assert.Equal(spent, _budget.Usage.Spent);
    }

    [Theory]
    [InlineData("5", null, true)]
    [InlineData("6", null, false)]
    [InlineData("5", "100", true)]
    [InlineData("100", "5", true)]
    public async Task MaxCredits_of_client_and_request_both_apply(string ofClient, string? ofRequest, bool isRefused)
    {
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", MaxCredits = decimal.Parse(ofClient, null) }, _handler, _time);
        var request = Request with { MaxCredits = ofRequest is null ? null : decimal.Parse(ofRequest, null) };

        var exception = (ImaException?)await Record.ExceptionAsync(() => client.SubmitAsync(request, Token));

        Assert.Equal(isRefused, exception is { Kind: ImaErrorKind.BudgetExceeded, AllowedCredits: 5, RequiredCredits: 6 });
        Assert.Equal(isRefused ? 0 : 1, _handler.Count("create"));
    }

    /// <summary>The client's limit does not permit a higher price than was planned: the price rose from 6 to 9.</summary>
    [Fact]
    public async Task MaxCredits_of_the_client_does_not_raise_the_limit_of_a_call()
    {
        _handler.With(
            "list",
            (200, $$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}"""),
            (200, MoreExpensiveList)).With("create", (200, """{"code":6006}"""));
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key", MaxCredits = 100 }, _handler, _time);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));

        Assert.Equal((ImaErrorKind.PriceChanged, 6, 9), (exception.Kind, exception.AllowedCredits, exception.RequiredCredits));
    }

    [Fact]
    public async Task More_expensive_submission_is_rejected_beyond_MaxCredits_of_the_client_too()
    {
        _handler.With(
            "list",
            (200, $$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}"""),
            (200, MoreExpensiveList)).With("create", (200, """{"code":6006}"""));
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key", MaxCredits = 8 }, _handler, _time);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(Request with { MaxCredits = 100, IdempotencyKey = "order-1" }, Token));

        Assert.Equal(
            (ImaErrorKind.BudgetExceeded, 8, 9, "order-1"),
            (exception.Kind, exception.AllowedCredits, exception.RequiredCredits, exception.IdempotencyKey));
        Assert.Equal(1, _handler.Count("create"));
    }

    private ImaImageClient Client(CreditBudget budget, bool retries = true) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = retries, RetryReads = false },
        _handler,
        _time,
        budget: budget);
}
