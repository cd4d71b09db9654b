using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Fuzzing;

namespace ImaNanoBanana.Tests.Soak;

/// <summary>Very many submissions at once over a bad network, with a simulated clock, compared with the ledger of charges.</summary>
public class SoakTests
{
    private const int Calls = 2_000;
    private const int Clients = 10;

    /// <summary>Longer than any wait and any late answer, and shorter than any deadline.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(61);

    /// <summary>In real time, with patience for a busy machine: a timer that is still set then would stay set.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(5);

    /// <summary>Not caused by the client: on a busy machine the clock moves while a thread waits for a processor.</summary>
    private const string LateThread = "the timestamp is not the current time";

    private static readonly string[] Endpoints = ["list", "create", "detail", "getuploadtoken", "put"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Two_thousand_submissions_over_a_bad_network_agree_with_the_ledger(int seed)
    {
        var time = new TestTimeProvider();
        var start = time.GetUtcNow();
        using var simulator = new ImaSimulator(time);
        using var network = new FaultyNetwork(simulator, time, seed);
        var clients = Enumerable.Range(0, Clients).Select(_ => TestClients.Create(Options(), network, time)).ToList();
        var calls = Enumerable.Range(0, Calls).Select(number => new SoakCall(number)).ToList();

        var all = Task.WhenAll(calls.Select(async call => await call.RunAsync(clients[call.Number % Clients], Token)));
        await time.RunAsync(all, LongestDelay, Token);
        await all;

        var charges = simulator.Charges;
        var ofCall = charges.ToLookup(charge => charge.Prompt);
        Assert.Empty(calls.Select(call => call.Wrong([.. ofCall[call.Prompt]])).OfType<string>());
        Assert.DoesNotContain(simulator.Violations, violation => violation.Rule != LateThread);
        Assert.Equal(charges.Count, charges.Select(charge => charge.TaskId).Distinct().Count());
        Assert.Equal(charges.Count, calls.Count(IsCharged) + calls.Count(call => IsUnknown(call) && ofCall[call.Prompt].Any()));
        await time.WaitForNoTimerAsync(Token).WaitAsync(LongestEnd, Token);

        // The network was bad at every endpoint, with and without a charge.
        Assert.All(
            Endpoints, endpoint => Assert.Contains(network.Happened.Keys, key => key.Endpoint == endpoint && key.Fault != SoakFault.None));
        Assert.Contains(calls, call => IsUnknown(call) && ofCall[call.Prompt].Any());
        Assert.Contains(calls, call => IsUnknown(call) && !ofCall[call.Prompt].Any());

        var kinds =
            from kind in calls.Select(call => call.TypedError?.Kind).OfType<ImaErrorKind>()
            group kind by kind into errors
            orderby errors.Key
            select $"{errors.Count()} {errors.Key}";
        TestContext.Current.SendDiagnosticMessage(
            $"{network.Requests} requests in {(time.GetUtcNow() - start).TotalSeconds:0} s; "
                + $"{calls.Count(call => call.Result is not null)} results, {string.Join(", ", kinds)}");
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    private static ImaNanoBananaOptions Options()
    {
        var options = FuzzClient.Options("ima_soak_key");
        options.WatchTimeout = TimeSpan.FromSeconds(600);
        options.RequestsPerSecond = new ImaNanoBananaOptions().RequestsPerSecond;
        return options;
    }

    private static bool IsCharged(SoakCall call) => call.Result is not null || call.TypedError?.ChargeStatus == ImaChargeStatus.Charged;

    private static bool IsUnknown(SoakCall call) => call.TypedError?.ChargeStatus == ImaChargeStatus.Unknown;
}
