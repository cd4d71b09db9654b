namespace ImaNanoBanana.AotSmoke;

internal static class BatchChecks
{
    public static IEnumerable<Check> All =>
    [
        new("batch of a list", ListAsync),
        new("batch of a stream", StreamAsync),
        new("budget of a client and of a batch", BudgetAsync),
        new("reservations of a budget", Reservations),
    ];

    private static async Task ListAsync()
    {
        using var shop = new Shop();
        ImageRequest[] requests = [new("one"), new("two"), new(" ")];

        var outcomes = await shop.RunAsync(
            shop.Client.GenerateBatchAsync(requests, new ImageBatchOptions { MaxConcurrency = 1, IdempotencyKeyPrefix = "album" }));

        var reported =
            from outcome in outcomes
            orderby outcome.Number
            select $"{outcome.IdempotencyKey} {outcome.Error?.Kind.ToString() ?? (outcome.Result is not null).ToString()}";
        Expect.Equal($"album-1 True, album-2 True, album-3 InvalidRequest", $"{string.Join(", ", reported)}");
        Expect.Equal($"one 6, two 6", $"{shop.Submitted}");
    }

    private static async Task StreamAsync()
    {
        using var shop = new Shop();

        var outcomes = await shop.RunAsync(shop.Client.GenerateBatchAsync(RequestsAsync()));

        Expect.Equal($"2 2", $"{outcomes.Count(outcome => outcome.Result is not null)} {shop.Simulator.Charges.Count}");

        static async IAsyncEnumerable<ImageRequest> RequestsAsync()
        {
            yield return new ImageRequest("one");
            await Task.Yield();
            yield return new ImageRequest("two");
        }
    }

    private static async Task BudgetAsync()
    {
        var (ofClient, ofBatch) = (new CreditBudget(100), new CreditBudget(7));
        using var shop = new Shop(budget: ofClient);

        var outcomes = await shop.RunAsync(shop.Client.GenerateBatchAsync(
            [new ImageRequest("one"), new ImageRequest("two")], new ImageBatchOptions { MaxConcurrency = 1, Budget = ofBatch }));

        Expect.Equal($"one 6", $"{shop.Submitted}");
        Expect.That(outcomes.Single(outcome => outcome.Error is not null).Error!.Kind == ImaErrorKind.BudgetExceeded);
        Expect.Equal($"94 1", $"{ofClient.Remaining} {ofBatch.Remaining}");
    }

    private static void Reservations()
    {
        var budget = new CreditBudget(10);
        using (var spent = budget.TryReserve(6)!)
        {
            Expect.That(spent.TryChange(8) && !spent.TryChange(11));
            spent.Commit();
        }

        budget.TryReserve(1)!.Dispose();
        Expect.That(budget.TryReserve(3) is null);
        Expect.Equal($"8 0 2", $"{budget.Spent} {budget.Reserved} {budget.Remaining}");
    }
}
