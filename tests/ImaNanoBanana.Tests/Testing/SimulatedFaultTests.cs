using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Testing;

public class SimulatedFaultTests
{
    private static readonly ImageRequest Request = new("a puppy");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Create_whose_answer_is_lost_was_charged_or_not_as_scripted(bool afterTheWork, int charges)
    {
        using var simulator = new ImaSimulator(new TestTimeProvider());
        simulator.Script("create", new SimulatedFault { DropsConnection = true, AfterProcessing = afterTheWork });
        using var client = TestClient.Create(simulator);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));
        Assert.Equal(ImaErrorKind.OutcomeUnknown, exception.Kind);
        Assert.Equal(charges, simulator.Charges.Count);

        await client.SubmitAsync(Request, Token);
        Assert.Equal(charges + 1, simulator.Charges.Count);
    }

    [Fact]
    public async Task Scripted_answers_are_used_in_order_and_then_normal_ones()
    {
        var time = new TestTimeProvider();
        using var simulator = new ImaSimulator(time);
        simulator.Script("list", new SimulatedFault { Status = 503, Body = "busy", ContentType = "text/plain", RetryAfter = "1" });
        simulator.Script("list", new SimulatedFault { Status = 429 }, new SimulatedFault { Delay = TimeSpan.FromSeconds(5) });
        using var client = TestClient.Create(simulator, time);
        var start = time.GetUtcNow();

        var task = client.SubmitAsync(Request, Token);
        await time.RunAsync(task, TimeSpan.FromSeconds(20), Token);

        Assert.Equal("task_sim_000001", (await task).Id);
        Assert.True(time.GetUtcNow() - start > TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Unknown_endpoint_is_rejected_with_the_known_ones()
    {
        using var simulator = new ImaSimulator();

        var exception = Assert.Throws<ArgumentException>("endpoint", () => simulator.Script("balance", new SimulatedFault()));

        Assert.StartsWith(
            "The simulator has no endpoint 'balance'. Use one of: list, create, detail, token, put, image.",
            exception.Message,
            StringComparison.Ordinal);
    }
}
