using ImaNanoBanana.Benchmarks.Overhead;
using ImaNanoBanana.Benchmarks.Week;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>
/// A simulated week: 100,000 requests a day through planner, journal and ledger, on a clock that only the measurement moves. Every tenth
/// request repeats an earlier key. The budget of a day allows fewer images than are requested.
/// </summary>
internal sealed class WeekMeasurement : IMeasurement
{
    private const int Days = 7;
    private const int RepeatEvery = 10;
    private const decimal Price = 7;

    public string Name => "week";

    public string Summary => "a simulated week: 700,000 requests through planner, journal and ledger, with exact totals";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var requests = isQuick ? 14_000 : 700_000;
        var perDay = requests / Days;
        var clock = new SteppedClock();
        using var service = new CountingService(new InMemoryService(LargeCatalog.SmallJson));
        var budget = new CreditBudget(perDay * Price * 4 / 5, TimeSpan.FromDays(1), clock);
        using var client = new ImaImageClient(
            new ImaNanoBananaOptions { ApiKey = "ima_key_of_the_benchmarks_0123456789", RequestsPerSecond = null },
            new ImaImageClientServices { PrimaryHandler = service, TimeProvider = clock, Budget = budget });

        var expected = new SlidingBudget(perDay * 4 / 5);
        var (charged, repeated, refused, wrong) = (0, 0, 0, 0);
        var keys = new List<string>();
        for (var number = 0; number < requests; number++)
        {
            clock.Advance(TimeSpan.FromDays(1) / perDay);
            if (number % RepeatEvery == RepeatEvery - 1 && keys.Count > 0)
            {
                await client.GenerateAsync(new ImageRequest("a cat") { IdempotencyKey = keys[^1] });
                repeated++;
                continue;
            }

            var isAllowed = expected.TryTake(clock.GetUtcNow());
            var key = $"request-{number}";
            try
            {
                await client.GenerateAsync(new ImageRequest("a cat") { IdempotencyKey = key });
                keys.Add(key);
                charged++;
                wrong += isAllowed ? 0 : 1;
            }
            catch (ImaException exception) when (exception.Kind == ImaErrorKind.BudgetExceeded)
            {
                refused++;
                wrong += isAllowed ? 1 : 0;
            }
        }

        var usage = await budget.GetUsageAsync();
        return
        [
            new Row("requests", requests),
            new Row("charged", charged),
            new Row("repeated keys, not charged", repeated),
            new Row("refused by the budget", refused),
            new Row("creates that the service received, less the charged", service.Creates - charged) { AtLeast = 0, AtMost = 0 },
            new Row("decisions that an independent count decides otherwise", wrong) { AtMost = 0 },
            new Row("credits spent on the last day, less those of that count", (double)(usage.Spent - (expected.Count * Price)))
            {
                AtLeast = 0,
                AtMost = 0,
            },
            new Row("credits still reserved", (double)usage.Reserved) { AtMost = 0 },
        ];
    }
}
