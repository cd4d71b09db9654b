using System.Diagnostics;
using ImaNanoBanana.PostgreSql.Tests.Database;

namespace ImaNanoBanana.PostgreSql.Tests.Worker;

/// <summary>The database is gone while workers run jobs. The test has a server of its own, because it stops it.</summary>
[Collection("Workers")]
public sealed class DatabaseOutageTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Jobs = 40;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    private readonly PostgresServer _postgres = new();

    [Fact]
    public async Task Workers_continue_after_an_outage_of_the_database()
    {
        await using var stage = await WorkerStage.CreateAsync(_postgres);
        await Task.WhenAll(stage.StartWorkerAsync(), stage.StartWorkerAsync());
        await stage.EnqueueAsync(Jobs);
        await stage.WaitForSavedAsync(4);
        var clock = Stopwatch.StartNew();
        var held = await stage.KeysAsync("state = 'running'");
        await _postgres.StopAsync();

        // The length of the outage. Nothing else is awaited by time.
        await Task.Delay(Outage, TestContext.Current.CancellationToken);
        await _postgres.StartAsync();
        var taken = await stage.WaitForAllAsync(Jobs, clock);

        var parked = await stage.CheckAsync(Jobs, held);
        output.WriteLine(
            $"Outage of {Outage.TotalSeconds:0} s, {held.Count} jobs running: last image after {taken.TotalSeconds:0.0} s, "
                + $"{parked} parked, 0 charged twice, 0 lost");
        foreach (var worker in stage.Workers)
        {
            await worker.SignalAsync("TERM");
            Assert.Equal(0, await worker.EndAsync());
        }
    }

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();
}
