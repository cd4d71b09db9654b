using System.Diagnostics;
using ImaNanoBanana.PostgreSql.Tests.Database;

namespace ImaNanoBanana.PostgreSql.Tests.Worker;

/// <summary>Faults that a cluster of workers must survive without a second charge.</summary>
[Collection("Workers")]
public sealed class WorkerTrialTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Jobs = 40;

    private const string TookOver = "failed or restarted instances";

    /// <summary>The stopped process continues its jobs after another one has taken them over, so both run them at the same time.</summary>
    [Fact]
    public async Task A_worker_that_only_seemed_dead_causes_no_second_charge()
    {
        await using var stage = await WorkerStage.CreateAsync(postgres);
        stage.Simulator.ProcessingTime = TimeSpan.FromSeconds(4);
        await Task.WhenAll(stage.StartWorkerAsync(), stage.StartWorkerAsync());
        await stage.EnqueueAsync(Jobs);
        await stage.WaitForSavedAsync(4);
        var victim = await stage.BusiestAsync();
        await victim.SignalAsync("STOP");
        var clock = Stopwatch.StartNew();
        var held = await stage.HeldByAsync(victim);
        await stage.WaitAsync(async () =>
            stage.Seen.Any(line => line.Contains(TookOver, StringComparison.Ordinal)) && !held.SetEquals(await stage.HeldByAsync(victim)));
        await victim.SignalAsync("CONT");
        var stopped = clock.Elapsed;
        await stage.WaitForAllAsync(Jobs, clock);

        // A key that was cut off in the middle of its submission is parked by the worker that took it over, and saved by its owner.
        var parked = await stage.CheckAsync(Jobs, held);
        await EndAsync(stage);
        output.WriteLine($"SIGSTOP for {stopped.TotalSeconds:0.0} s, {held.Count} jobs held, {parked} parked, 0 charged twice, 0 lost");
    }

    /// <summary>It holds a lock that others need to take over its jobs. The database ends its transaction.</summary>
    [Fact]
    public async Task A_worker_that_is_suspended_while_a_job_ends_does_not_keep_the_others()
    {
        await using var stage = await WorkerStage.CreateAsync(postgres);
        stage.Simulator.ProcessingTime = TimeSpan.FromSeconds(10);
        var victim = await stage.StartWorkerAsync();
        await stage.EnqueueAsync(20);
        await stage.WaitForSavedAsync(1);
        await stage.StopWhileAJobEndsAsync(victim);
        var held = await stage.HeldByAsync(victim);
        Assert.NotEmpty(held);

        await stage.StartWorkerAsync();
        await stage.WaitForAllAsync(20);

        await stage.CheckAsync(20, held);
    }

    [Fact]
    public async Task A_clock_that_is_a_day_ahead_causes_no_second_charge()
    {
        await using var stage = await WorkerStage.CreateAsync(postgres);
        var (code, _, refusal) = await stage.RunAsync("", [("Worker__ClockAhead", "1.00:00:00")], "run");
        Assert.Equal(1, code);
        Assert.StartsWith("The clock of this machine is 86", refusal, StringComparison.Ordinal);

        await Task.WhenAll(
            stage.StartWorkerAsync(),
            stage.StartWorkerAsync(("Worker__ClockAhead", "1.00:00:00"), ("Worker__MaxClockDifference", "2.00:00:00")));
        await stage.EnqueueAsync(Jobs);
        await stage.WaitForAllAsync(Jobs);

        Assert.Equal(0, await stage.CheckAsync(Jobs));
        await EndAsync(stage);
        var takeovers = stage.Seen.Count(line => line.Contains(TookOver, StringComparison.Ordinal));
        output.WriteLine($"A clock a day ahead: 0 charged twice, 0 lost, {takeovers} takeovers from living workers");
    }

    [Fact]
    public async Task A_key_is_refused_while_its_job_runs_and_after_its_end()
    {
        await using var stage = await WorkerStage.CreateAsync(postgres);
        stage.Simulator.Scenario.InsufficientCredits();
        Assert.Equal(1, (await stage.RunAsync("", "health")).ExitCode);
        await stage.EnqueueAsync(1);
        await AssertRefusedAsync();
        await stage.StartWorkerAsync();
        await stage.WaitForAllAsync(1);
        await AssertRefusedAsync();

        // A person has bought credits. Only a parked or failed job can be started again.
        Assert.Contains("parked job-1: InsufficientCredits", (await stage.RunAsync("", "status")).Output, StringComparison.Ordinal);
        Assert.Equal((0, "job-1 is started again.\n", ""), await stage.RunAsync("", "retry", "job-1"));
        await stage.WaitForSavedAsync(1);
        await AssertRefusedAsync();
        Assert.Equal(
            (3, "", "job-1 is saved. Only a parked or failed job can be started again.\n"), await stage.RunAsync("", "retry", "job-1"));
        Assert.Equal(0, await stage.CheckAsync(1));
        Assert.Equal((0, "database: reachable\nworkers: 1\n", ""), await stage.RunAsync("", "health"));
        await EndAsync(stage);

        async Task AssertRefusedAsync() => Assert.Equal(
            (3, "0 enqueued, 1 refused\n", "job-1 is not enqueued: a job with this key exists or has ended.\n"),
            await stage.RunAsync(WorkerStage.Request(1), "enqueue", "-"));
    }

    [Fact]
    public async Task Only_what_is_safe_to_repeat_is_repeated()
    {
        await using var stage = await WorkerStage.CreateAsync(postgres);
        stage.Simulator.Scenario.AcceptThenDrop().FailedImages(1);
        await stage.StartWorkerAsync(("Worker__Concurrency", "1"));
        await stage.EnqueueAsync(3);
        await stage.WaitForAllAsync(3);

        var (_, status, _) = await stage.RunAsync("", "status");
        Assert.Contains("OutcomeUnknown", status, StringComparison.Ordinal);
        Assert.Contains("TaskFailed", status, StringComparison.Ordinal);
        Assert.Equal((1, 1, 1), (await CountAsync("parked"), await CountAsync("failed"), await CountAsync("saved")));

        // Also on request, neither of them is submitted again.
        Assert.Equal(0, (await stage.RunAsync("", "retry", (await stage.KeysAsync("state = 'parked'")).Single())).ExitCode);
        Assert.Equal(0, (await stage.RunAsync("", "retry", (await stage.KeysAsync("state = 'failed'")).Single())).ExitCode);
        await stage.WaitAsync(() => Task.FromResult(
            stage.Seen.Count(line => line.Contains("OutcomeUnknown:", StringComparison.Ordinal)) == 2
            && stage.Seen.Count(line => line.Contains("TaskFailed:", StringComparison.Ordinal)) == 2));
        Assert.Equal(3, stage.Simulator.Charges.Count);
        await EndAsync(stage);

        async Task<int> CountAsync(string state) => (await stage.KeysAsync($"state = '{state}'")).Count;
    }

    /// <summary>Three images are charged and two are delivered: no one may believe that the job is done.</summary>
    [Fact]
    public async Task A_job_with_an_image_that_was_not_delivered_is_parked()
    {
        await using var stage = await WorkerStage.CreateAsync(postgres);
        stage.Simulator.Scenario.FailedImages(1, "The picture was too wild.");
        await stage.StartWorkerAsync();
        const string Request = """{"v":1,"prompt":"three pictures","size":"512px","count":3,"idempotency_key":"job-1"}""";
        Assert.Equal(0, (await stage.RunAsync(Request, "enqueue", "-")).ExitCode);

        await stage.WaitForAllAsync(1);

        Assert.Contains(
            "parked job-1: 2 of 3 images are saved. All were charged. The picture was too wild.",
            (await stage.RunAsync("", "status")).Output,
            StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(stage.Folder).Length);
        Assert.Single(stage.Simulator.Charges);
        await EndAsync(stage);
    }

    private static async Task EndAsync(WorkerStage stage)
    {
        foreach (var worker in stage.Workers)
        {
            await worker.SignalAsync("TERM");
            Assert.Equal(0, await worker.EndAsync());
        }
    }
}
