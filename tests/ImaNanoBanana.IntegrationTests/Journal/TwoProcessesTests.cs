using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>Two processes that share a journal submit the same keys at the same moment. Each key is charged in one of them.</summary>
public class TwoProcessesTests
{
    private const int Rounds = 5;
    private const int Submissions = 20;

    [Fact]
    public async Task Each_key_is_charged_once_and_both_get_its_task()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        await using var first = await shop.StartWorkerAsync();
        await using var second = await shop.StartWorkerAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var prefix = $"round{round}";
            await Task.WhenAll(first.SubmitAsync(prefix, Submissions), second.SubmitAsync(prefix, Submissions));
            var outcomes = await Task.WhenAll(first.NextAsync(Submissions, Outcome.Parse), second.NextAsync(Submissions, Outcome.Parse));

            var charged = shop.Charges();
            foreach (var key in Shop.Keys(prefix, Submissions))
            {
                var task = Assert.Single(charged[key]);
                Assert.All(
                    outcomes,
                    process => Assert.Equal(
                        (task, null),
                        process.Where(outcome => outcome.Key == key).Select(outcome => (outcome.Task, outcome.Error)).Single()));
            }
        }

        Assert.Equal(Rounds * Submissions, shop.Simulator.Charges.Count);
        Assert.Empty(shop.Simulator.Violations);
        Assert.Empty(shop.Simulator.Differences);
    }
}
