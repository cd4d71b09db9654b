using System.Diagnostics;
using System.Globalization;
using ImaNanoBanana.PostgreSql.Tests.Database;

namespace ImaNanoBanana.PostgreSql.Tests.Worker;

/// <summary>One of two workers ends while it runs jobs. IMA_KILL_ROUNDS sets the number of rounds.</summary>
[Collection("Workers")]
public sealed class KilledWorkerTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Jobs = 60;

    /// <summary>From the signal until the last image is saved.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("IMA_KILL_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 1;

    [Fact]
    public async Task Another_worker_takes_over_the_jobs_of_a_killed_one()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await using var stage = await TwoWorkersAsync();

            // Each round ends the worker at another moment.
            await stage.WaitForSavedAsync(1 + (round * 7 % 23));
            var victim = await stage.BusiestAsync();
            await victim.SignalAsync("KILL");
            var clock = Stopwatch.StartNew();
            var held = await stage.HeldByAsync(victim);
            if (round % 2 == 0)
            {
                await stage.StartWorkerAsync();
            }

            var taken = await stage.WaitForAllAsync(Jobs, clock);
            var parked = await stage.CheckAsync(Jobs, held);
            Report("SIGKILL", round, held.Count, taken, parked);
            Assert.True(taken <= Limit, $"The last image came after {taken.TotalSeconds:0.0} s.");
        }
    }

    [Fact]
    public async Task A_worker_that_is_stopped_finishes_its_jobs()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await using var stage = await TwoWorkersAsync();
            await stage.WaitForSavedAsync(1 + (round * 7 % 23));
            var victim = await stage.BusiestAsync();
            var held = await stage.HeldByAsync(victim);
            await victim.SignalAsync("TERM");
            var clock = Stopwatch.StartNew();
            if (round % 2 == 0)
            {
                await stage.StartWorkerAsync();
            }

            var taken = await stage.WaitForAllAsync(Jobs, clock);
            Assert.Equal(0, await victim.EndAsync());
            Assert.Equal(0, await stage.CheckAsync(Jobs));
            Report("SIGTERM", round, held.Count, taken, 0);
            Assert.True(taken <= Limit, $"The last image came after {taken.TotalSeconds:0.0} s.");
        }
    }

    private async Task<WorkerStage> TwoWorkersAsync()
    {
        var stage = await WorkerStage.CreateAsync(postgres);
        await Task.WhenAll(stage.StartWorkerAsync(), stage.StartWorkerAsync());
        await stage.EnqueueAsync(Jobs);
        return stage;
    }

    private void Report(string signal, int round, int held, TimeSpan taken, int parked) => output.WriteLine(
        $"{signal} {round}: held {held} jobs, last image after {taken.TotalSeconds:0.0} s, {parked} parked, 0 charged twice, 0 lost");
}
