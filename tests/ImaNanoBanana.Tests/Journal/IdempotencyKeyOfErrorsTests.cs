using System.Diagnostics;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>
/// Every error of a submission carries its key, whether from the caller or generated for the call. Its task carries it too, with the
/// trace.
/// </summary>
public class IdempotencyKeyOfErrorsTests
{
    private const string MoreExpensiveList = """{"code":200,"data":[{"id":"flash-v1","type":"3","model_id":"gemini-3.1-flash-image","name":"Nano Banana 2","form_config":[{"field":"size","value":"1K"}],"credit_rules":[{"attribute_id":4401,"points":9,"attributes":{"size":"1K"}}]}]}""";

    private static readonly ImageRequest Request = new("a puppy");

    public static TheoryData<ImaErrorKind, string, int, string, ImageRequest> Failures => new()
    {
        { ImaErrorKind.InvalidRequest, "", 0, "", Request with { Size = new ImageSize("9K") } },
        { ImaErrorKind.InvalidRequest, "", 0, "", Request with { Images = [ImageInput.FromFile("missing.png")] } },
        { ImaErrorKind.BudgetExceeded, "", 0, "", Request with { MaxCredits = 1 } },
        { ImaErrorKind.CatalogUnavailable, "list", 200, """{"code":5}""", Request },
        { ImaErrorKind.Unauthorized, "list", 401, "", Request },
        {
            ImaErrorKind.UploadFailed,
            "getuploadtoken",
            403,
            "",
            Request with { Images = [ImageInput.FromBytes([0xFF, 0xD8, 0xFF, 0xE0])] }
        },
        { ImaErrorKind.NotSent, "create", -1, "", Request },
        { ImaErrorKind.RateLimited, "create", 429, "", Request },
        { ImaErrorKind.Unauthorized, "create", 401, "", Request },
        { ImaErrorKind.InsufficientCredits, "create", 200, """{"code":4008}""", Request },
        { ImaErrorKind.Rejected, "create", 400, "", Request },
        { ImaErrorKind.PriceChanged, "create", 200, """{"code":6006}""", Request },
        { ImaErrorKind.OutcomeUnknown, "create", 0, "", Request },
        { ImaErrorKind.TaskFailed, "detail", 200, """{"code":200,"data":{"medias":[{"resource_status":2}]}}""", Request },
        { ImaErrorKind.TimedOut, "detail", 200, ScriptedHandler.Working, Request },
        { ImaErrorKind.WatchFailed, "detail", 403, "", Request },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Error_carries_the_key(ImaErrorKind kind, string endpoint, int status, string body, ImageRequest request)
    {
        foreach (var key in new[] { "order-1", null })
        {
            using var handler = new ScriptedHandler().With(
                "list",
                (200, $$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}"""),
                (200, MoreExpensiveList));
            if (endpoint.Length > 0)
            {
                handler.With(endpoint, (status, body));
            }

            var time = new TestTimeProvider();
            using var client = TestClients.Create(
                new ImaNanoBananaOptions { ApiKey = "ima_test_key", WatchTimeout = TimeSpan.FromSeconds(20), RequestsPerSecond = null },
                handler,
                time);

            var work = client.GenerateAsync(request with { IdempotencyKey = key }, Token);
            await time.RunAsync(work, TimeSpan.FromSeconds(25), Token);
            var exception = await Assert.ThrowsAsync<ImaException>(() => work);

            Assert.Equal(kind, exception.Kind);
            Assert.Matches(key is null ? "^[0-9a-f]{32}$" : "^order-1$", exception.IdempotencyKey);
            Assert.Equal(exception.Task is null ? null : exception.IdempotencyKey, exception.Task?.IdempotencyKey);
        }
    }

    [Fact]
    public void Error_of_the_call_itself_carries_the_callers_key()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        var exception = Assert.Throws<ImaException>(
            () => client.GenerateStreamingAsync(new ImageRequest(" ") { IdempotencyKey = "order-1" }, Token));

        Assert.Equal((ImaErrorKind.InvalidRequest, "order-1"), (exception.Kind, exception.IdempotencyKey));
    }

    /// <summary>Calls that share one read of the product list each get their own error.</summary>
    [Fact]
    public async Task Error_of_a_shared_read_carries_each_callers_key()
    {
        using var handler = new ScriptedHandler().With("list", (403, ""));
        using var client = TestClient.Create(handler);

        var works = Enumerable.Range(1, 5).Select(
            number => client.SubmitAsync(Request with { IdempotencyKey = $"order-{number}" }, Token)).ToList();
        var exceptions = await Task.WhenAll(works.Select(work => Assert.ThrowsAsync<ImaException>(() => work)));

        Assert.Equal(["order-1", "order-2", "order-3", "order-4", "order-5"], exceptions.Select(exception => exception.IdempotencyKey));
    }

    [Fact]
    public async Task Trace_of_the_submission_travels_in_the_handle()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        using var activity = new Activity("an order").SetIdFormat(ActivityIdFormat.W3C).Start();

        var task = await client.SubmitAsync(Request, Token);
        activity.Stop();

        Assert.StartsWith(
            $"00-{activity.TraceId}-{activity.SpanId}-", ImageTask.FromHandle(task.ToHandle()).TraceParent, StringComparison.Ordinal);
        Assert.Null((await client.SubmitAsync(Request, Token)).TraceParent);
        using (new Activity("an order").SetIdFormat(ActivityIdFormat.Hierarchical).Start())
        {
            Assert.Null((await client.SubmitAsync(Request, Token)).TraceParent);
        }

        Assert.Null(ImageTask.FromHandle("""{"id":"task_1","trace_parent":"<script>"}""").TraceParent);
    }
}
