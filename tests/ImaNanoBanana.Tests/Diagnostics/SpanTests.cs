using System.Diagnostics;
using System.Diagnostics.Metrics;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Diagnostics;

/// <summary>The spans of docs/telemetry.md: their names, their parents and their tags.</summary>
public sealed class SpanTests : IDisposable
{
    private const string Model = "gemini-3.1-flash-image";
    private const string Prompt = "a cute puppy on grass";
    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;
    private readonly ImaImageClient _client;
    private readonly SpanSpy _spy = new();

    public SpanTests()
    {
        _simulator = new ImaSimulator(_time) { ProcessingTime = TimeSpan.FromSeconds(10) };
        _client = TestClient.Patient(_simulator, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _spy.Dispose();
        _client.Dispose();
        _simulator.Dispose();
    }

    [Fact]
    public async Task Generation_span_contains_the_upload_submit_and_watch_spans()
    {
        var request = new ImageRequest(Prompt) { Images = [ImageInput.FromBytes(Picture())], IdempotencyKey = "order-1" };

        await RunAsync(_client.GenerateAsync(request, Token));

        var generate = _spy.Span($"generate_content {Model}");
        var submit = _spy.Span($"submit {Model}");
        Assert.Equal(
            [
                ("upload", generate.SpanId),
                ($"submit {Model}", generate.SpanId),
                ($"watch {Model}", generate.SpanId),
                ($"generate_content {Model}", default),
            ],
            _spy.Spans.Select(span => (span.OperationName, span.ParentSpanId)));
        Assert.All(
            _spy.Spans,
            span => Assert.Equal(
                (ActivityKind.Client, generate.TraceId, ActivityStatusCode.Unset), (span.Kind, span.TraceId, span.Status)));
        Assert.Equal(
            $"gen_ai.operation.name=generate_content, gen_ai.provider.name=ima_studio, server.address=api.imastudio.com, "
                + $"gen_ai.request.model={Model}, gen_ai.output.type=image, ima.task.id=task_sim_000001, ima.credits=6, "
                    + "ima.idempotency_key=order-1",
            SpanSpy.Tags(generate));
        Assert.Equal(
            $"gen_ai.operation.name=submit, gen_ai.provider.name=ima_studio, server.address=api.imastudio.com, "
                + $"gen_ai.request.model={Model}, ima.create.outcome=accepted, ima.task.id=task_sim_000001, ima.credits=6, "
                    + "ima.idempotency_key=order-1",
            SpanSpy.Tags(submit));
        Assert.Equal(
            "gen_ai.operation.name=upload, gen_ai.provider.name=ima_studio, server.address=imapi.liveme.com",
            SpanSpy.Tags(_spy.Span("upload")));
    }

    [Fact]
    public async Task Stream_does_not_change_the_span_of_its_reader()
    {
        using var own = new Activity("the reader's").Start();

        await RunAsync(ReadAsync());

        Assert.Equal(own.SpanId, _spy.Span($"generate_content {Model}").ParentSpanId);
        Assert.Equal(_spy.Span($"generate_content {Model}").SpanId, _spy.Span($"watch {Model}").ParentSpanId);

        async Task ReadAsync()
        {
            await foreach (var item in _client.GenerateStreamingAsync(new ImageRequest(Prompt), Token))
            {
                Assert.Same(own, Activity.Current);
            }

            Assert.Same(own, Activity.Current);
        }
    }

    [Fact]
    public async Task Resumed_watch_links_to_the_create()
    {
        var task = await _client.SubmitAsync(new ImageRequest(Prompt), Token);
        using var elsewhere = new Activity("another process").Start();

        await RunAsync(_client.WaitForCompletionAsync(ImageTask.FromHandle(task.ToHandle()), Token));

        var watch = _spy.Span($"watch {Model}");
        var submit = _spy.Span($"submit {Model}");
        Assert.Equal(elsewhere.TraceId, watch.TraceId);
        var link = Assert.Single(watch.Links).Context;
        Assert.Equal((submit.TraceId, submit.SpanId), (link.TraceId, link.SpanId));
    }

    [Fact]
    public async Task Quote_and_download_have_their_own_spans()
    {
        var quote = await _client.QuoteAsync(new ImageRequest(Prompt) { Model = ImageModel.NanoBananaPro }, Token);
        var task = await _client.SubmitAsync(quote, Token);
        var result = await RunAsync(_client.WaitForCompletionAsync(task, Token));
        using var file = new MemoryStream();
        await _client.DownloadAsync(result.Image, file, Token);

        Assert.Equal(
            ["quote gemini-3-pro-image", "submit gemini-3-pro-image", "watch gemini-3-pro-image", "download"],
            _spy.Spans.Select(span => span.OperationName));
        Assert.Equal(
            "gen_ai.operation.name=download, gen_ai.provider.name=ima_studio, server.address=ima-ga.esxscloud.com",
            SpanSpy.Tags(_spy.Span("download")));
    }

    [Theory]
    [InlineData("4008", "InsufficientCredits", "4008", "rejected")]
    [InlineData("lost", "OutcomeUnknown", "OutcomeUnknown", "unknown")]
    [InlineData("list", "CatalogUnavailable", null, null)]
    [InlineData("refused", "InvalidRequest", null, null)]
    [InlineData("cancelled", "ImaNanoBanana.ImageGenerationCanceledException", null, null)]
    public async Task Error_span_has_the_kind_and_not_the_text(string failure, string error, string? submitError, string? outcome)
    {
        switch (failure)
        {
            case "4008":
                _simulator.Balance = 0;
                break;
            case "lost":
                _simulator.Script("create", new SimulatedFault { DropsConnection = true });
                break;
            case "list":
                _simulator.Script("list", [.. Enumerable.Repeat(new SimulatedFault { Status = 500 }, 3)]);
                break;
            default:
                break;
        }

        var request = new ImageRequest(Prompt) { Size = failure == "refused" ? new ImageSize("16K") : null };
        var work = _client.GenerateAsync(request, failure == "cancelled" ? new CancellationToken(canceled: true) : Token);
        await _time.RunAsync(work, TimeSpan.FromSeconds(60), Token);
        await Assert.ThrowsAnyAsync<Exception>(() => work);

        var generate = _spy.Span($"generate_content {Model}");
        Assert.Equal(
            (error, ActivityStatusCode.Error, null), (generate.GetTagItem("error.type"), generate.Status, generate.StatusDescription));
        var submit = _spy.Spans.SingleOrDefault(span => span.OperationName.StartsWith("submit", StringComparison.Ordinal));
        Assert.Equal((submitError, outcome), (submit?.GetTagItem("error.type"), submit?.GetTagItem("ima.create.outcome")));
    }

    [Theory]
    [InlineData("16K", false, "InvalidRequest")]
    [InlineData("1K", true, "ImaNanoBanana.ImageGenerationCanceledException")]
    public async Task Failed_quote_is_marked_as_an_error(string size, bool isCancelled, string error)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => _client.QuoteAsync(
            new ImageRequest(Prompt) { Size = new ImageSize(size) }, isCancelled ? new CancellationToken(canceled: true) : Token));

        var quote = _spy.Span($"quote {Model}");
        Assert.Equal((error, ActivityStatusCode.Error), (quote.GetTagItem("error.type"), quote.Status));
    }

    [Fact]
    public async Task Failed_upload_and_failed_download_are_marked_as_errors()
    {
        _simulator.Script("token", new SimulatedFault { Status = 403 });
        await Assert.ThrowsAsync<ImaException>(() => _client.UploadAsync(ImageInput.FromBytes(Picture()), Token));
        using var nowhere = new MemoryStream();
        await RunAsync(
            Assert.ThrowsAsync<ImaException>(
                () => _client.DownloadAsync(new GeneratedImage(new Uri("https://images.test/1.png")), nowhere, Token)));

        Assert.Equal("UploadFailed", _spy.Span("upload").GetTagItem("error.type"));
        Assert.Equal("DownloadFailed", _spy.Span("download").GetTagItem("error.type"));
    }

    [Fact]
    public async Task Url_is_not_uploaded_and_has_no_span()
    {
        await _client.UploadAsync(ImageInput.FromUrl(new Uri("https://images.test/photo.png")), Token);

        Assert.Empty(_spy.Spans);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prompts_are_recorded_only_if_the_app_enables_them(bool traces)
    {
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", EnableSensitiveData = traces }, new ImaSimulator(_time), _time);
        var work = client.GenerateAsync(new ImageRequest("小狗 \"Rex\""), Token);
        await RunAsync(work);
        await client.QuoteAsync(new ImageRequest("小狗 \"Rex\""), Token);

        const string Reported = """[{"role":"user","parts":[{"type":"text","content":"小狗 \"Rex\""}]}]""";
        Assert.Equal(
            traces ? [$"submit {Model}", $"generate_content {Model}"] : [],
            _spy.Spans.Where(span => Reported.Equals(span.GetTagItem("gen_ai.input.messages"))).Select(span => span.OperationName));
        Assert.Equal(traces ? 2 : 0, _spy.Spans.Count(span => SpanSpy.Tags(span).Contains("Rex", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("measure")]
    public async Task Listeners_that_throw_lose_no_image(string when)
    {
        Action<Activity> fail = _ => throw new InvalidOperationException("an app's listener");
        (_spy.Started, _spy.Stopped) = (when == "start" ? fail : null, when == "stop" ? fail : null);
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => Listen(instrument, listener) };
        meters.SetMeasurementEventCallback<long>((_, _, _, _) => fail(null!));
        meters.SetMeasurementEventCallback<double>((_, _, _, _) => fail(null!));
        meters.Start();

        var result = await RunAsync(_client.GenerateAsync(new ImageRequest(Prompt) { Images = [ImageInput.FromBytes(Picture())] }, Token));

        Assert.Single(result.Images);
        Assert.Single(_simulator.Charges);

        void Listen(Instrument instrument, MeterListener listener)
        {
            if (when == "measure" && instrument.Meter.Name == ImaTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        }
    }

    [Fact]
    public async Task Leaving_a_stream_ends_its_span_without_an_error()
    {
        await foreach (var item in _client.GenerateStreamingAsync(new ImageRequest(Prompt), Token))
        {
            if (item.Stage == ImageStage.Accepted)
            {
                break;
            }
        }

        Assert.Equal(ActivityStatusCode.Unset, _spy.Span($"generate_content {Model}").Status);
    }

    private async Task<T> RunAsync<T>(Task<T> work)
    {
        await RunAsync((Task)work);
        return await work;
    }

    private async Task RunAsync(Task work)
    {
        await _time.RunAsync(work, TimeSpan.FromSeconds(60), Token);
        await work;
    }

    private static byte[] Picture() => Convert.FromHexString("89504E470D0A1A0A00");
}
