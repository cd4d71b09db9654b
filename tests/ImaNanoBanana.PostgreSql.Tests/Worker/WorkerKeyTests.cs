using ImaNanoBanana.PostgreSql.Tests.Database;

namespace ImaNanoBanana.PostgreSql.Tests.Worker;

/// <summary>A worker without an API key: placeholders must not take the place of the images of a queue.</summary>
[Collection("Workers")]
public sealed class WorkerKeyTests(PostgresServer postgres)
{
    private static readonly (string Name, string Value)[] NoService = [("Worker__Simulator", ""), ("IMA_API_KEY", "")];

    [Fact]
    public async Task Worker_without_a_key_does_not_start_outside_of_Development()
    {
        await using var stage = await WorkerStage.CreateAsync(postgres);
        await stage.EnqueueAsync(1);

        var (code, _, errors) = await stage.RunAsync("", NoService, "run");

        Assert.Equal(1, code);
        Assert.Contains("IMA_API_KEY", errors, StringComparison.Ordinal);
        Assert.Equal(["job-1"], await stage.KeysAsync("state = 'waiting'"));
    }

    [Fact]
    public async Task Worker_without_a_key_says_in_Development_that_it_uses_a_simulator()
    {
        await using var stage = await WorkerStage.CreateAsync(postgres);
        var worker = await stage.StartWorkerAsync([.. NoService, ("DOTNET_ENVIRONMENT", "Development")]);
        await stage.EnqueueAsync(1);
        await stage.WaitForSavedAsync(1);

        Assert.Contains(stage.Seen, line => line.Contains("this worker uses the built-in simulator", StringComparison.Ordinal));
        Assert.Empty(stage.Simulator.Charges);
        await worker.SignalAsync("TERM");
        Assert.Equal(0, await worker.EndAsync());
    }
}
