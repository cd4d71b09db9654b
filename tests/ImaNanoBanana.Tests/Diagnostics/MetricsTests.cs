using System.Numerics;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Submitting;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace ImaNanoBanana.Tests.Diagnostics;

/// <summary>The instruments of docs/telemetry.md and the values they record.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string Model = "gen_ai.request.model=gemini-3.1-flash-image";
    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;
    private readonly ImaImageClient _client;

    public MetricsTests()
    {
        _simulator = new ImaSimulator(_time) { ProcessingTime = TimeSpan.FromSeconds(10) };
        _client = TestClient.Patient(_simulator, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _simulator.Dispose();
    }

    [Fact]
    public async Task Credits_creates_polls_and_bytes_are_counted()
    {
        using var credits = Collect<double>("ima.client.credits.spent");
        using var creates = Collect<long>("ima.client.creates");
        using var bytes = Collect<long>("ima.client.upload.size");
        _simulator.Script(
            "create",
            new SimulatedFault { Status = 429 },
            new SimulatedFault { Status = 200, Body = """{"code":6006,"message":"Credit mismatch"}""" });
        var picture = ImageInput.FromBytes(Convert.FromHexString("89504E470D0A1A0A00"));
        await RunAsync(Assert.ThrowsAsync<ImaException>(() => _client.GenerateAsync(new ImageRequest("one"), Token)));
        await RunAsync(_client.GenerateAsync(new ImageRequest("two") { Images = [picture, picture], Count = 2 }, Token));
        _simulator.Script("create", new SimulatedFault { DropsConnection = true });
        await RunAsync(Assert.ThrowsAsync<ImaException>(() => _client.SubmitAsync(new ImageRequest("three"), Token)));

        Assert.Equal([$"12 {Model}"], Sums(credits));
        Assert.Equal(
            [
                $"1 {Model}, ima.create.outcome=accepted",
                $"1 {Model}, ima.create.outcome=rejected, error.type=429",
                $"1 {Model}, ima.create.outcome=rejected, error.type=6006",
                $"1 {Model}, ima.create.outcome=unknown, error.type=OutcomeUnknown",
            ],
            Sums(creates));
        Assert.Equal(["18"], Sums(bytes));
    }

    [Fact]
    public async Task Create_that_was_not_sent_is_counted_as_such()
    {
        using var creates = Collect<long>("ima.client.creates");
        using var handler = new ScriptedHandler().With("create", new ScriptedAnswer(-1));
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = false }, handler, _time);

        await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(new ImageRequest("one"), Token));

        Assert.Equal([$"1 {Model}, ima.create.outcome=not_sent, error.type=NotSent"], Sums(creates));
    }

    [Fact]
    public async Task Watches_are_counted_while_they_run_and_polls_by_their_result()
    {
        using var active = Collect<long>("ima.client.tasks.active");
        using var polls = Collect<long>("ima.client.polls");
        _simulator.Script("detail", new SimulatedFault { Status = 500 }, new SimulatedFault { DropsConnection = true });
        var task = await _client.SubmitAsync(new ImageRequest("one"), Token);

        await RunAsync(_client.WaitForCompletionAsync(task, Token));

        Assert.Equal([1, -1], active.GetMeasurementSnapshot().Select(measurement => measurement.Value));
        Assert.Equal("2 ima.poll.outcome=failed", Sums(polls).Last());
        Assert.Matches("^[1-9] ima.poll.outcome=answered$", Sums(polls).First());
    }

    [Fact]
    public async Task Watch_that_is_left_is_no_longer_counted()
    {
        using var active = Collect<long>("ima.client.tasks.active");
        var task = await _client.SubmitAsync(new ImageRequest("one"), Token);

        await foreach (var item in _client.WatchAsync(task, Token))
        {
            break;
        }

        Assert.Equal(["0"], Sums(active));
    }

    [Fact]
    public async Task Durations_are_measured_by_the_clients_clock_with_their_errors()
    {
        using var duration = Collect<double>("gen_ai.client.operation.duration");
        await RunAsync(_client.GenerateAsync(new ImageRequest("one"), Token));
        await Assert.ThrowsAsync<ImaException>(() => _client.QuoteAsync(new ImageRequest("one") { Size = new ImageSize("16K") }, Token));

        var durations = duration.GetMeasurementSnapshot();
        const string Server = "gen_ai.provider.name=ima_studio, server.address=api.imastudio.com";
        Assert.Equal(
            [
                $"gen_ai.operation.name=submit, {Server}, {Model}",
                $"gen_ai.operation.name=watch, {Server}, {Model}",
                $"gen_ai.operation.name=generate_content, {Server}, {Model}, gen_ai.output.type=image",
                $"gen_ai.operation.name=quote, {Server}, {Model}, error.type=InvalidRequest",
            ],
            durations.Select(Tags));
        Assert.Equal([0d, 0d], [durations[0].Value, durations[3].Value]);
        Assert.InRange(durations[2].Value, 10, 16);
    }

    [Fact]
    public void Durations_have_separate_buckets_up_to_ten_minutes() => Assert.Equal(
        [0.1, 0.5, 1, 2, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600], ImaTelemetry.Duration.Advice!.HistogramBucketBoundaries!);

    [Fact]
    public async Task Credits_of_a_late_answer_are_counted_when_it_arrives()
    {
        using var credits = Collect<double>("ima.client.credits.spent");
        using var gate = new CreateGate(_simulator, isOpen: false);
        using var client = TestClients.Create(
            new ImaNanoBananaOptions
            {
                ApiKey = "ima_test_key",
                CreateTimeout = TimeSpan.FromMinutes(5),
                CancellationGrace = TimeSpan.Zero,
            },
            gate,
            _time);
        using var cancel = new CancellationTokenSource();
        var work = client.SubmitAsync(new ImageRequest("one") { IdempotencyKey = "order-1" }, cancel.Token);
        await gate.ArrivedAsync(1);
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => work);
        Assert.Empty(Sums(credits));

        gate.Answer(1);
        await credits.WaitForMeasurementsAsync(1, Token);

        Assert.Equal([$"6 {Model}"], Sums(credits));
    }

    [Fact]
    public void Nothing_is_allocated_without_listeners()
    {
        var task = new ImageTask("task_1") { Model = ImageModel.NanoBanana2, CreditsPerImage = 6 };
        var time = TimeProvider.System;
        Tell();
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            // The minimum: one-time costs, such as compiling code, are not costs of a submission.
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var turn = 0; turn < 1000; turn++)
            {
                Tell();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        void Tell()
        {
            using var operation = Operation.Start(
                Operation.Submit,
                "api.imastudio.com",
                ImageModel.NanoBanana2,
                time,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")?.WithPrompt("a puppy");
            operation?.Submitted(task);
            Counters.Created(ImageModel.NanoBanana2, "rejected", "429");
            Counters.Spent(task);
            Counters.Polled(failed: true);
            Counters.Watched(1);
            Counters.Uploaded(7);
        }
    }

    private static MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(null, ImaTelemetry.MeterName, instrument);

    /// <summary>The sums, by tags.</summary>
    private static IEnumerable<string> Sums<T>(MetricCollector<T> collector)
        where T : struct, INumber<T> =>
        from measurement in collector.GetMeasurementSnapshot()
        group measurement.Value by Tags(measurement) into sums
        orderby sums.Key
        select FormattableString.Invariant($"{sums.Aggregate((one, other) => one + other)} {sums.Key}").TrimEnd();

    private static string Tags<T>(CollectedMeasurement<T> measurement)
        where T : struct => string.Join(", ", measurement.Tags.Select(tag => $"{tag.Key}={tag.Value}"));

    private async Task RunAsync(Task work)
    {
        await _time.RunAsync(work, TimeSpan.FromSeconds(60), Token);
        await work;
    }
}
