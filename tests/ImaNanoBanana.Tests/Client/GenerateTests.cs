using System.Text.Json.Nodes;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Client;

public class GenerateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_sends_one_create_with_the_expected_body()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        var result = await client.GenerateAsync(new ImageRequest("a cute puppy on grass"), Token);

        var expected = JsonNode.Parse("""
            {
              "task_type": "text_to_image",
              "enable_multi_model": false,
              "src_img_url": [],
              "parameters": [{
                "attribute_id": 4401,
                "model_id": "gemini-3.1-flash-image",
                "model_name": "Nano Banana 2",
                "model_version": "flash-v1",
                "app": "ima", "platform": "web",
                "category": "text_to_image",
                "credit": 6,
                "parameters": {
                  "aspect_ratio": "1:1", "size": "1K",
                  "prompt": "a cute puppy on grass",
                  "n": 1,
                  "input_images": [],
                  "cast": {"points": 6, "attribute_id": 4401}
                }
              }]
            }
            """);
        var create = Assert.Single(handler.Requests, request => request.Endpoint == "create");
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(create.Body)), create.Body);
        Assert.Equal("https://images.example/1.png", result.Image.Url.OriginalString);
        Assert.Equal(6, result.Task.Credits);
        Assert.Equal(ImageModel.NanoBanana2, result.Task.Model);
        Assert.Equal(ImageSize.Size1K, result.Task.Size);
        Assert.Equal(AspectRatio.Square1x1, result.Task.AspectRatio);
        Assert.Equal("""{"task_id":"task_1"}""", Assert.Single(handler.Requests, request => request.Endpoint == "detail").Body);
    }

    [Theory]
    [InlineData("emoji 🍌 and 中文")]
    [InlineData("  spaces stay  ")]
    [InlineData("\"quotes\" \\ and \n lines")]
    public async Task Prompt_arrives_unchanged(string prompt)
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        await client.SubmitAsync(new ImageRequest(prompt), Token);

        var create = JsonNode.Parse(handler.Requests.Single(request => request.Endpoint == "create").Body);
        Assert.Equal(prompt, (string?)create!["parameters"]![0]!["parameters"]!["prompt"]);
    }

    [Fact]
    public async Task Stream_shows_every_step_in_order_and_the_task_before_any_poll()
    {
        using var handler = new ScriptedHandler().With("detail", (200, ScriptedHandler.Working), (200, ScriptedHandler.Done));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);
        var items = new List<ImageProgress>();
        var pollsAtAccepted = -1;

        var reading = ReadAsync();
        await time.RunAsync(reading, PollSchedule.Longest, Token);
        await reading;

        Assert.Equal(
            [ImageStage.Preparing, ImageStage.Submitting, ImageStage.Accepted, ImageStage.Generating, ImageStage.Completed],
            items.Select(item => item.Stage));
        Assert.Equal(0, pollsAtAccepted);
        Assert.Equal([null, 6, 6, 6, 6], items.Select(item => item.Credits));
        Assert.Equal([null, null, 0, 0, 100], items.Select(item => item.Percent));
        Assert.Equal([null, null, "task_1", "task_1", "task_1"], items.Select(item => item.Task?.Id));
        Assert.Equal([false, false, false, false, true], items.Select(item => item.Result is not null));
        Assert.InRange(items[^1].Result!.Elapsed.TotalSeconds, 11.64, 12.36);

        async Task ReadAsync()
        {
            await foreach (var item in client.GenerateStreamingAsync(new ImageRequest("a puppy"), Token))
            {
                items.Add(item);
                if (item.Stage == ImageStage.Accepted)
                {
                    pollsAtAccepted = handler.Count("detail");
                }
            }
        }
    }

    [Fact]
    public async Task Enumerating_a_generate_stream_twice_throws_and_submits_nothing()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var stream = client.GenerateStreamingAsync(new ImageRequest("a puppy"), Token);
        await foreach (var item in stream)
        {
            Assert.NotEqual(default, item.GetHashCode());
        }

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var item in stream)
            {
                Assert.Fail("An item of a second submission: " + item);
            }
        });

        Assert.Contains("one submission", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, handler.Count("create"));
        Assert.Equal(1, handler.Count("list"));
    }

    [Theory]
    [InlineData(ImageStage.Preparing)]
    [InlineData(ImageStage.Submitting)]
    public async Task Leaving_the_stream_before_the_submission_submits_nothing(ImageStage leaveAt)
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        await foreach (var item in client.GenerateStreamingAsync(new ImageRequest("a puppy"), Token))
        {
            if (item.Stage == leaveAt)
            {
                break;
            }
        }

        Assert.Equal(0, handler.Count("create"));
    }

    [Fact]
    public void Stream_that_is_not_enumerated_sends_nothing()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        _ = client.GenerateStreamingAsync(new ImageRequest("a puppy"), Token);

        Assert.Empty(handler.Requests);
    }

    [Theory]
    [InlineData(200, ScriptedHandler.Accepted, "task_1")]
    [InlineData(200, """{"code":4008}""", "InsufficientCredits")]
    [InlineData(503, "", "NotSent")]
    public async Task Answer_of_a_test_handler_that_does_not_read_the_body_counts_if_it_is_conclusive(
        int status, string body, string expected)
    {
        using var handler = new UnreadingHandler(status, body);
        var time = new TestTimeProvider();
        using var client = TestClient.Patient(handler, time);

        var outcome = OutcomeAsync();
        await time.RunAsync(outcome, TimeSpan.FromMinutes(1), Token);

        Assert.Equal(expected, await outcome);

        async Task<string> OutcomeAsync()
        {
            try
            {
                return (await client.SubmitAsync(new ImageRequest("a puppy"), Token)).Id;
            }
            catch (ImaException exception)
            {
                return exception.Kind.ToString();
            }
        }
    }

    [Fact]
    public async Task Every_call_has_its_own_idempotency_key()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var request = new ImageRequest("a puppy");

        var first = await client.SubmitAsync(request, Token);
        var second = await client.SubmitAsync(request, Token);

        Assert.NotNull(first.IdempotencyKey);
        Assert.NotEqual(first.IdempotencyKey, second.IdempotencyKey);
    }

    [Fact]
    public async Task App_on_the_simulator_gets_its_image_and_is_charged_once()
    {
        var time = new TestTimeProvider();
        using var simulator = new ImaSimulator(time) { ProcessingTime = TimeSpan.FromSeconds(5) };
        using var client = TestClient.Create(simulator, time);

        var task = await client.SubmitAsync(new ImageRequest("a puppy"), Token);
        var before = await client.GetStatusAsync(task, Token);
        time.Advance(TimeSpan.FromSeconds(5));
        var result = await client.WaitForCompletionAsync(task, Token);

        Assert.Equal(ImageStage.Generating, before.Stage);
        Assert.Equal((1024, 1024), (result.Image.Width, result.Image.Height));
        var charge = Assert.Single(simulator.Charges);
        Assert.Equal((task.Id, "a puppy", 6m), (charge.TaskId, charge.Prompt, charge.Credits));
    }

    /// <summary>A stub as apps write them: it answers without reading the content.</summary>
    private sealed class UnreadingHandler(int status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(request.Method == HttpMethod.Get
                ? new HttpResponseMessage { Content = new StringContent($$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}""") }
                : new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new StringContent(body) });
    }
}
