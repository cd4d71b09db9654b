namespace ImaNanoBanana.AotSmoke;

internal static class BatchChecks
{
    public static IEnumerable<Check> All =>
    [
        new("batch of a list", ListAsync),
        new("batch of a stream", StreamAsync),
        new("budget of a client and of a batch", BudgetAsync),
        new("reservations of a budget", ReservationsAsync),
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
        var keys = await Task.WhenAll(requests.Take(2).Select(request => request.CreateContentKeyAsync()));
        var expected = keys.Select(key => $"{key.Replace("sha256", "album", StringComparison.Ordinal)} True");
        Expect.Equal($"{string.Join(", ", expected)},  InvalidRequest", $"{string.Join(", ", reported)}");
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
        Expect.Equal($"94 1", $"{(await ofClient.GetUsageAsync()).Remaining} {(await ofBatch.GetUsageAsync()).Remaining}");
    }

    private static async Task ReservationsAsync()
    {
        var budget = new CreditBudget(10);
        await using (var spent = (await budget.TryReserveAsync(6))!)
        {
            Expect.That(await spent.TryChangeAsync(8) && !await spent.TryChangeAsync(11));
            await spent.CommitAsync();
        }

        await (await budget.TryReserveAsync(1))!.DisposeAsync();
        Expect.That(await budget.TryReserveAsync(3) is null);
        var usage = await budget.GetUsageAsync();
        Expect.Equal($"8 0 2", $"{usage.Spent} {usage.Reserved} {usage.Remaining}");
    }
}
