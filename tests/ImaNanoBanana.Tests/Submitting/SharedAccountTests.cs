using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>
/// Two budgets of one account apply to one submission, such as a limit of a day and one of an hour. The price is 6 credits.
/// </summary>
public sealed class SharedAccountTests : IDisposable
{
    private const string MoreExpensiveList = """{"code":200,"data":[{"id":"flash-v1","type":"3","model_id":"gemini-3.1-flash-image","name":"Nano Banana 2","form_config":[{"field":"size","value":"1K"}],"credit_rules":[{"attribute_id":4401,"points":9,"attributes":{"size":"1K"}}]}]}""";

    private static readonly CreditAccount Wide = new("shop", 100);

    private readonly ScriptedHandler _handler = new();
    private readonly TestTimeProvider _time = new();
    private readonly SpyLedger _ledger;

    public SharedAccountTests() => _ledger = new SpyLedger(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CreditUsage Usage => _ledger.Usage(Wide);

    public void Dispose() => _handler.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lower_limit_applies_whichever_budget_has_it(bool isOfRequest)
    {
        var (first, second) = isOfRequest ? (100, 10) : (10, 100);
        using var client = Client(first);
        var request = new ImageRequest("a puppy") { Budget = Budget(second), IdempotencyKey = "order-2" };
        await client.SubmitAsync(request with { IdempotencyKey = "order-1" }, Token);
        Assert.Equal((6, 0), (Usage.Spent, Usage.Reserved));

        var error = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(request, Token));

        Assert.Equal(
            (ImaErrorKind.BudgetExceeded, ImaChargeStatus.NotCharged, 4, 6, "order-2"),
            (error.Kind, error.ChargeStatus, error.AllowedCredits, error.RequiredCredits, error.IdempotencyKey));
        Assert.Equal((6, 0, 1), (Usage.Spent, Usage.Reserved, _handler.Count("create")));
    }

    [Fact]
    public async Task Higher_price_is_within_both_limits_or_is_not_submitted()
    {
        _handler
            .With("list", (200, $$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}"""), (200, MoreExpensiveList))
            .With("create", (200, """{"code":6006}"""), (200, ScriptedHandler.Accepted));
        using var client = Client(100);

        var error = await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(new ImageRequest("a puppy") { Budget = Budget(8), MaxCredits = 100 }, Token));

        Assert.Equal((ImaErrorKind.BudgetExceeded, 9), (error.Kind, error.RequiredCredits));
        Assert.Equal((0, 0, 1), (Usage.Spent, Usage.Reserved, _handler.Count("create")));
    }

    [Fact]
    public async Task Two_limits_that_suffice_count_the_submission_once()
    {
        using var client = Client(100);

        await client.SubmitAsync(new ImageRequest("a puppy") { Budget = Budget(6) }, Token);

        Assert.Equal((6, 0), (Usage.Spent, Usage.Reserved));
    }

    private CreditBudget Budget(decimal limit) => new(_ledger, Wide with { Limit = limit });

    private ImaImageClient Client(decimal limit) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", RequestsPerSecond = null }, _handler, _time, budget: Budget(limit));
}
