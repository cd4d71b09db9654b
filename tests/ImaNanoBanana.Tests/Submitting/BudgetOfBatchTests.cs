using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Submitting;

public class BudgetOfBatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>20 requests of 6 credits, several at a time, with 50 credits for the batch: 8 are charged, in any order.</summary>
    [Fact]
    public async Task Batch_spends_no_more_than_its_budget()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key", RequestsPerSecond = null }, simulator);
        var budget = new CreditBudget(50);
        var outcomes = new List<ImageOutcome>();

        await foreach (var outcome in client.GenerateBatchAsync(
            Enumerable.Range(1, 20).Select(
                number => new ImageRequest($"picture {number}")), new ImageBatchOptions { Budget = budget }, Token))
        {
            outcomes.Add(outcome);
        }

        Assert.Equal((8, 48, 0), (simulator.Charges.Count, budget.Usage.Spent, budget.Usage.Reserved));
        Assert.Equal(8, outcomes.Count(outcome => outcome.Result is not null));
        Assert.Equal(12, outcomes.Count(outcome => outcome.Error?.Kind == ImaErrorKind.BudgetExceeded));
        Assert.All(outcomes, outcome => Assert.Null(outcome.Request!.BatchBudget));
    }

    [Fact]
    public async Task Budgets_of_batch_and_request_both_apply()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, simulator);
        var (own, batch) = (new CreditBudget(6), new CreditBudget(100));

        var kinds = new List<ImaErrorKind?>();
        await foreach (var outcome in client.GenerateBatchAsync(
            Enumerable.Repeat(
                new ImageRequest("a puppy") { Budget = own }, 2), new ImageBatchOptions { Budget = batch, MaxConcurrency = 1 }, Token))
        {
            kinds.Add(outcome.Error?.Kind);
        }

        Assert.Equal([null, ImaErrorKind.BudgetExceeded], kinds);
        Assert.Equal((6, 6), (own.Usage.Spent, batch.Usage.Spent));
    }
}
