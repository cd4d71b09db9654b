using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>Two processes that share a journal order the same at the same moment: each key is bought by one of them.</summary>
public class TwoProcessesTests
{
    private const int Rounds = 5;
    private const int Orders = 20;

    [Fact]
    public async Task Each_key_is_bought_once_and_both_get_its_task()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        await using var first = await shop.BuyAsync();
        await using var second = await shop.BuyAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var prefix = $"round{round}";
            await Task.WhenAll(first.OrderAsync(prefix, Orders), second.OrderAsync(prefix, Orders));
            var outcomes = await Task.WhenAll(first.NextAsync(Orders, Outcome.Parse), second.NextAsync(Orders, Outcome.Parse));

            var charged = shop.Charges();
            foreach (var key in Shop.Keys(prefix, Orders))
            {
                var task = Assert.Single(charged[key]);
                Assert.All(
                    outcomes,
                    process => Assert.Equal(
                        (task, null),
                        process.Where(outcome => outcome.Key == key).Select(outcome => (outcome.Task, outcome.Error)).Single()));
            }
        }

        Assert.Equal(Rounds * Orders, shop.Simulator.Charges.Count);
        Assert.Empty(shop.Simulator.Violations);
    }
}
