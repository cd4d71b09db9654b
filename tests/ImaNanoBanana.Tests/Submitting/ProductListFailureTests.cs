using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

public class ProductListFailureTests
{
    /// <summary>Longer than any back-off and shorter than the deadlines of 30 s and 90 s.</summary>
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int, string, ImaErrorKind, int?> Refusals() => new()
    {
        { 200, """{"code":401,"message":"Unauthorized"}""", ImaErrorKind.Unauthorized, 401 },
        { 401, "", ImaErrorKind.Unauthorized, 401 },
        { 403, "<html>", ImaErrorKind.Unauthorized, 403 },
        { 200, """{"code":429}""", ImaErrorKind.RateLimited, 429 },
        { 200, """{"code":5001,"message":"maintenance"}""", ImaErrorKind.CatalogUnavailable, 5001 },
        { 200, """{"code":"5001"}""", ImaErrorKind.CatalogUnavailable, 5001 },
        { 200, """{"code":200,"data":"no list"}""", ImaErrorKind.CatalogUnavailable, null },
        { 200, "<html>", ImaErrorKind.CatalogUnavailable, null },
        { 200, "", ImaErrorKind.CatalogUnavailable, null },
        { 302, "", ImaErrorKind.CatalogUnavailable, 302 },
        { 200, """{"code":200,"data":null}""", ImaErrorKind.InvalidRequest, null },
        { 200, """{"code":200}""", ImaErrorKind.InvalidRequest, null },
        { 200, """{"code":200,"data":[]}""", ImaErrorKind.InvalidRequest, null },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task With_a_refused_list_nothing_is_submitted(int status, string body, ImaErrorKind kind, int? code)
    {
        using var handler = new ScriptedHandler().With("list", (status, body));
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(new ImageRequest("a puppy"), Token));

        Assert.Equal(
            (kind, code, ImaChargeStatus.NotCharged), (exception.Kind, exception.Code, exception.ChargeStatus));
        Assert.Equal(1, handler.Count("list"));
        Assert.Equal(0, handler.Count("create"));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task List_is_read_again_after_a_transient_failure(int status)
    {
        using var handler = new ScriptedHandler().With("list",
            (status, ""), (status, ""), (200, $$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}"""));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);

        var start = client.SubmitAsync(new ImageRequest("a puppy"), Token);
        await time.RunAsync(start, LongestBackOff, Token);

        Assert.Equal("task_1", (await start).Id);
        Assert.Equal(3, handler.Count("list"));
    }

    [Fact]
    public async Task List_is_read_at_most_three_times()
    {
        using var handler = new ScriptedHandler().With("list", (0, ""));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);

        var start = client.SubmitAsync(new ImageRequest("a puppy"), Token);
        await time.RunAsync(start, LongestBackOff, Token);
        var exception = await Assert.ThrowsAsync<ImaException>(() => start);

        Assert.Equal((ImaErrorKind.CatalogUnavailable, ImaRetryGuidance.SubmitAgain), (exception.Kind, exception.RetryGuidance));
        Assert.Contains("scripted failure", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, handler.Count("list"));
    }

    [Theory]
    [InlineData(429, ImaErrorKind.RateLimited)]
    [InlineData(503, ImaErrorKind.CatalogUnavailable)]
    public async Task Wait_that_the_service_asks_for_is_respected_up_to_a_minute(int status, ImaErrorKind kind)
    {
        var time = new TestTimeProvider();
        using var patient = new ScriptedHandler().With(
            "list", new ScriptedAnswer(status, "", "60"), (200, $$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}"""));
        using var client = TestClient.Patient(patient, time);
        var quote = client.QuoteAsync(new ImageRequest("a puppy"), Token);
        await time.RunAsync(quote, TimeSpan.FromSeconds(61), Token);
        Assert.Equal((6, TimeSpan.FromSeconds(60)), ((await quote).Credits, time.GetUtcNow() - time.Start));

        using var impatient = new ScriptedHandler().With("list", new ScriptedAnswer(status, "", "61"));
        using var other = TestClient.Patient(impatient, time);
        var exception = await Assert.ThrowsAsync<ImaException>(() => other.QuoteAsync(new ImageRequest("a puppy"), Token));
        Assert.Equal((kind, TimeSpan.FromSeconds(61), 1), (exception.Kind, exception.RetryAfter, impatient.Count("list")));
    }

    [Fact]
    public async Task With_retries_off_there_is_one_attempt()
    {
        using var handler = new ScriptedHandler().With("list", (503, ""));
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetryReads = false }, handler, new TestTimeProvider());

        await Assert.ThrowsAsync<ImaException>(() => client.QuoteAsync(new ImageRequest("a puppy"), Token));

        Assert.Equal(1, handler.Count("list"));
    }
}
