using System.Net;
using System.Text;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>The scenarios about socket behavior, over a real socket.</summary>
public class SimulatorScenarioSocketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, Action<SimulatorScenario>> Lost() => new()
    {
        { nameof(SimulatorScenario.AcceptThenDrop), next => next.AcceptThenDrop() },
        { nameof(SimulatorScenario.TruncatedAnswer), next => next.TruncatedAnswer() },
    };

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task Submission_whose_response_is_lost_on_the_socket_is_sent_once(string name, Action<SimulatorScenario> arrange)
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var server = await ImaSimulatorServer.StartAsync(simulator, cancellationToken: Token);
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, new ImaSimulatorProxy(server.Address));
        arrange(simulator.Scenario);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = name }, Token));

        Assert.Equal(
            (ImaErrorKind.OutcomeUnknown, ImaChargeStatus.Unknown, ImaRetryGuidance.CheckTask, name),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance, exception.IdempotencyKey));
        Assert.Equal(["list", "create"], simulator.Requests.Select(request => request.Endpoint));
        simulator.Ledger.ShouldHaveCharged(6);
        Assert.Equal("task_sim_000002", (await client.SubmitAsync(new ImageRequest("a puppy"), Token)).Id);
        Assert.Empty(simulator.Violations);
        Assert.Empty(simulator.Differences);
    }

    [Fact]
    public async Task Truncated_answer_is_a_200_with_an_incomplete_body()
    {
        await using var server = await ImaSimulatorServer.StartAsync(cancellationToken: Token);
        server.Simulator.Scenario.TruncatedAnswer();
        using var http = new HttpClient { BaseAddress = server.Address };
        using var create = new HttpRequestMessage(HttpMethod.Post, "open/v1/tasks/create") { Content = new StringContent("{}") };

        using var response = await http.SendAsync(create, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        var seen = new MemoryStream();
        var exception = await Assert.ThrowsAsync<HttpIOException>(() => body.CopyToAsync(seen, Token));

        Assert.Equal((HttpStatusCode.OK, HttpRequestError.ResponseEnded), (response.StatusCode, exception.HttpRequestError));
        Assert.Equal("""{"code":401,"message":"Unauthorized:""", Encoding.UTF8.GetString(seen.ToArray()));
    }

    [Fact]
    public async Task Truncated_image_is_incomplete_too()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var server = await ImaSimulatorServer.StartAsync(simulator, cancellationToken: Token);
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetryReads = false }, new ImaSimulatorProxy(server.Address));
        var result = await client.GenerateAsync(new ImageRequest("a puppy") { Size = ImageSize.Size512 }, Token);
        simulator.Script("image", new SimulatedFault { TruncatesAnswer = true });

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.DownloadAsync(result.Image, Stream.Null, Token));

        Assert.Equal(ImaErrorKind.DownloadFailed, exception.Kind);
        Assert.Equal(512, (await client.DownloadAsync(result.Image, Stream.Null, Token)).Width);
    }
}
