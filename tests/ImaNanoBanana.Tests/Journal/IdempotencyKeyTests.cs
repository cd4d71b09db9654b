using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>Through the public client: the same key means the same submission.</summary>
public class IdempotencyKeyTests
{
    private const string First = """{"code":200,"data":{"id":"task_1"}}""";
    private const string Second = """{"code":200,"data":{"id":"task_2"}}""";

    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };

    public static TheoryData<string, string> Calls => new(
        from first in new[] { "start", "quote", "generate", "stream" }
        from second in new[] { "start", "quote", "generate", "stream" }
        select (first, second));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Same_key_and_request_returns_the_existing_task(string first, string second)
    {
        using var handler = new ScriptedHandler().With("create", (200, First), (200, Second));
        using var client = TestClient.Create(handler);

        var submitted = await CallAsync(client, first, Request);
        var again = await CallAsync(client, second, Request with { MaxCredits = 1000, Language = ImaLanguage.Chinese });

        Assert.Equal(("task_1", "order-1"), (submitted.Id, submitted.IdempotencyKey));
        Assert.Equal(submitted, again);
        Assert.Equal(1, handler.Count("create"));
    }

    [Fact]
    public async Task Existing_task_needs_no_product_list_and_no_upload()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var edit = Request with { Images = [ImageInput.FromBytes([0xFF, 0xD8, 0xFF, 0xE0, 1])], Model = ImageModel.NanoBanana2 };
        handler.With("list", (200, ScriptedList("1")));
        await client.SubmitAsync(edit, Token);
        var asked = handler.Requests.Count;

        var items = new List<ImageProgress>();
        await foreach (
            var item in client.GenerateStreamingAsync(edit with { Images = [ImageInput.FromBytes([0xFF, 0xD8, 0xFF, 0xE0, 1])] }, Token))
        {
            items.Add(item);
        }

        Assert.Equal([ImageStage.Preparing, ImageStage.Accepted, ImageStage.Completed], items.Select(item => item.Stage));
        Assert.Equal(["detail"], handler.Requests[asked..].Select(request => request.Endpoint));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("quote")]
    [InlineData("generate")]
    [InlineData("stream")]
    public async Task Same_key_for_another_request_is_an_error_and_submits_nothing(string call)
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        await client.SubmitAsync(Request, Token);

        var exception = await Assert.ThrowsAsync<ImaException>(() => CallAsync(client, call, Request with { Prompt = "a kitten" }));

        Assert.Equal(
            (ImaErrorKind.IdempotencyKeyConflict, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance));
        Assert.Equal(("order-1", "task_1"), (exception.IdempotencyKey, exception.Task?.Id));
        Assert.Contains(
            "(task task_1, gemini-3.1-flash-image, 1K, 6 credits, 2026-01-01 00:00:00 UTC)", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, handler.Count("create"));
    }

    [Fact]
    public async Task Image_with_other_bytes_is_another_request()
    {
        using var handler = new ScriptedHandler().With("list", (200, ScriptedList("1")));
        using var client = TestClient.Create(handler);
        await client.SubmitAsync(Request with { Images = [ImageInput.FromBytes([0xFF, 0xD8, 0xFF, 0xE0, 1])] }, Token);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(Request with { Images = [ImageInput.FromBytes([0xFF, 0xD8, 0xFF, 0xE0, 2])] }, Token));

        Assert.Equal(ImaErrorKind.IdempotencyKeyConflict, exception.Kind);
    }

    [Fact]
    public async Task Image_that_can_no_longer_be_read_ends_the_call_before_anything_is_submitted()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        using var stream = new FailingStream();

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(Request with { Images = [ImageInput.FromStream(stream)] }, Token));

        Assert.Equal((ImaErrorKind.UploadFailed, "order-1"), (exception.Kind, exception.IdempotencyKey));
        Assert.Contains("The cable was pulled", exception.Message, StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task Requests_without_a_key_submit_each_time_with_their_own_keys()
    {
        using var handler = new ScriptedHandler().With("create", (200, First), (200, Second));
        using var client = TestClient.Create(handler);
        var request = Request with { IdempotencyKey = null };

        var (one, two) = (await client.SubmitAsync(request, Token), await client.SubmitAsync(request, Token));

        Assert.Equal(("task_1", "task_2"), (one.Id, two.Id));
        Assert.Matches("^[0-9a-f]{32}$", one.IdempotencyKey);
        Assert.NotEqual(one.IdempotencyKey, two.IdempotencyKey);
        Assert.Empty(await FileTaskJournalTests.ListAsync(client.Journal));
    }

    /// <summary>An unknown outcome stays unknown until the owner resolves it.</summary>
    [Fact]
    public async Task Unknown_outcome_is_not_submitted_again_until_the_key_is_removed()
    {
        using var handler = new ScriptedHandler().With("create", (0, ""), (200, Second));
        using var client = TestClient.Create(handler);
        Assert.Equal(ImaErrorKind.OutcomeUnknown, (await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token))).Kind);

        var again = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));
        Assert.Equal(
            (ImaErrorKind.OutcomeUnknown, ImaChargeStatus.Unknown, "order-1"), (again.Kind, again.ChargeStatus, again.IdempotencyKey));
        Assert.Contains("(gemini-3.1-flash-image, 1K, 6 credits, 2026-01-01 00:00:00 UTC)", again.Message, StringComparison.Ordinal);
        Assert.Equal(1, handler.Count("create"));

        Assert.True(await client.Journal.RemoveAsync("order-1", Token));
        Assert.False(await client.Journal.RemoveAsync("order-1", Token));
        Assert.Equal("task_2", (await client.SubmitAsync(Request, Token)).Id);
        Assert.Equal(2, handler.Count("create"));
    }

    [Fact]
    public async Task Unknown_outcome_can_be_given_its_task()
    {
        using var handler = new ScriptedHandler().With("create", (0, ""));
        using var client = TestClient.Create(handler);
        await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));

        var adopted = await client.Journal.AttachTaskAsync("order-1", " task_7 ", Token);

        Assert.Equal(
            ("task_7", "order-1", ImageModel.NanoBanana2, 6), (adopted.Id, adopted.IdempotencyKey, adopted.Model, adopted.Credits));
        Assert.Equal(adopted, await client.SubmitAsync(Request, Token));
        Assert.Equal("task_7", (await client.GenerateAsync(Request, Token)).Task.Id);
        Assert.Equal(1, handler.Count("create"));
        Assert.Equal(adopted.Id, (await client.Journal.AttachTaskAsync("order-1", "task_7", Token)).Id);
        Assert.Contains("task_7", await AttachErrorAsync("order-1"), StringComparison.Ordinal);
        Assert.Contains("order-2", await AttachErrorAsync("order-2"), StringComparison.Ordinal);

        async Task<string> AttachErrorAsync(string key) =>
            (await Assert.ThrowsAsync<InvalidOperationException>(() => client.Journal.AttachTaskAsync(key, "task_8", Token))).Message;
    }

    /// <summary>The owner passes the handle of the task. Used as an id, it would never be found.</summary>
    [Fact]
    public async Task Unknown_outcome_can_be_given_the_handle_of_its_task()
    {
        using var handler = new ScriptedHandler().With("create", (0, ""));
        using var client = TestClient.Create(handler);
        await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));
        var handle = new ImageTask("task_7") { IdempotencyKey = "other", CreditsPerImage = 1 }.ToHandle();

        var adopted = await client.Journal.AttachTaskAsync("order-1", handle, Token);

        Assert.Equal(("task_7", "order-1", 6), (adopted.Id, adopted.IdempotencyKey, adopted.Credits));
        Assert.Equal("task_7", (await client.Journal.AttachTaskAsync("order-1", handle, Token)).Id);
        Assert.Equal("task_7", (await client.Journal.AttachTaskAsync("order-1", " task_7", Token)).Id);
    }

    [Fact]
    public async Task Contradictory_answer_is_unknown_with_the_task_it_named()
    {
        using var handler = new ScriptedHandler().With("create", (200, """{"code":500,"data":{"id":"task_1"}}"""));
        using var client = TestClient.Create(handler);
        await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));

        var again = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));

        Assert.Equal((ImaErrorKind.OutcomeUnknown, "task_1"), (again.Kind, again.Task?.Id));
        Assert.Equal(1, handler.Count("create"));
    }

    /// <summary>A submission that was definitely not charged leaves its key free.</summary>
    [Theory]
    [InlineData(-1, "", ImaErrorKind.NotSent)]
    [InlineData(200, """{"code":4008}""", ImaErrorKind.InsufficientCredits)]
    [InlineData(403, "", ImaErrorKind.Unauthorized)]
    [InlineData(429, "", ImaErrorKind.RateLimited)]
    public async Task Rejected_submission_leaves_its_key_free(int status, string body, ImaErrorKind kind)
    {
        using var handler = new ScriptedHandler().With("create", (status, body), (200, Second));
        var time = new TestTimeProvider();
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = false }, handler, time);

        Assert.Equal(kind, (await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token))).Kind);

        Assert.Empty(await FileTaskJournalTests.ListAsync(client.Journal));
        var again = client.SubmitAsync(Request with { Prompt = "a kitten" }, Token);
        await time.RunAsync(again, TimeSpan.FromSeconds(10), Token);
        Assert.Equal("task_2", (await again).Id);
    }

    [Fact]
    public async Task Stream_that_is_left_before_its_submission_leaves_its_key_free()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        await foreach (var item in client.GenerateStreamingAsync(Request, Token))
        {
            if (item.Stage == ImageStage.Submitting)
            {
                break;
            }
        }

        Assert.Empty(await FileTaskJournalTests.ListAsync(client.Journal));
        Assert.Equal(0, handler.Count("create"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\nb")]
    [InlineData(null)]
    public async Task Invalid_idempotency_key_is_rejected_at_the_call(string? key)
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var request = Request with { IdempotencyKey = key ?? new string('x', 201) };

        var exception = Assert.Throws<ImaException>(() => client.GenerateStreamingAsync(request, Token));

        Assert.Equal(
            (ImaErrorKind.InvalidRequest, ImaInvalidRequestReason.IdempotencyKey, "idempotency_key"),
            (exception.Kind, exception.InvalidRequestReason, exception.ParameterName));
        Assert.Equal(request.IdempotencyKey, exception.IdempotencyKey);
        Assert.NotNull(await client.QuoteAsync(Request with { IdempotencyKey = new string('x', 200) }, Token));
    }

    [Fact]
    public async Task Key_is_removed_after_24_hours()
    {
        var time = new TestTimeProvider();
        using var handler = new ScriptedHandler().With("create", (200, First), (200, Second));
        using var client = TestClient.Create(handler, time);
        await client.SubmitAsync(Request, Token);
        time.Advance(TimeSpan.FromHours(24));

        Assert.Equal("task_2", (await client.SubmitAsync(Request, Token)).Id);
    }

    /// <summary>The list for image to image, which needs at least one image.</summary>
    private static string ScriptedList(string least) =>
        $$"""{"code":200,"data":{{ScriptedHandler.Catalog.Replace("\"credit_rules\"", $$"""
            "files":{"minLimit":{{least}},"maxLimit":14},"credit_rules"
            """, StringComparison.Ordinal)}}}""";

    private static async Task<ImageTask> CallAsync(ImaImageClient client, string call, ImageRequest request)
    {
        switch (call)
        {
            case "start":
                return await client.SubmitAsync(request, Token);
            case "quote":
                return await client.SubmitAsync(await client.QuoteAsync(request, Token), Token);
            case "generate":
                return (await client.GenerateAsync(request, Token)).Task;
            default:
                ImageTask? task = null;
                await foreach (var item in client.GenerateStreamingAsync(request, Token))
                {
                    task = item.Task ?? task;
                }

                return task!;
        }
    }
}
