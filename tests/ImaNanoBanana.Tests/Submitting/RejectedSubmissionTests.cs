using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>What the caller learns when a create is not accepted.</summary>
public class RejectedSubmissionTests
{
    private const string Subscriptions = "https://www.imaclaw.ai/imaclaw/subscription";

    public static TheoryData<int, string, ImaErrorKind, string> Refusals() => new()
    {
        { 401, "", ImaErrorKind.Unauthorized, "https://www.imaclaw.ai/imaclaw/apikey" },
        { 403, "", ImaErrorKind.Unauthorized, "https://www.imaclaw.ai/imaclaw/apikey" },
        { 200, """{"code":4008}""", ImaErrorKind.InsufficientCredits, Subscriptions },
        { 429, "", ImaErrorKind.RateLimited, "too many requests" },
        { 200, """{"code":6009,"message":"No matching\ncredit rule"}""", ImaErrorKind.Rejected, "code 6009: No matching credit rule." },
        { 200, """{"code":4014}""", ImaErrorKind.Rejected, Subscriptions },
        { 200, """{"code":1,"message":"This model requires a subscription"}""", ImaErrorKind.Rejected, Subscriptions },
        { 403, """{"message":"This model requires a subscription"}""", ImaErrorKind.Rejected, Subscriptions },
        { 403, """{"message":"The prompt violates content policy."}""", ImaErrorKind.Rejected, "code 403: The prompt violates" },
        { 307, "", ImaErrorKind.Rejected, "code 307" },
    };

    /// <summary>A missing subscription plan is reported as such, in whatever form the service says it.</summary>
    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Rejection_is_a_typed_error_that_reports_the_cost(int status, string body, ImaErrorKind kind, string named)
    {
        using var handler = new ScriptedHandler().With("create", (status, body));
        var time = new TestTimeProvider();
        using var client = TestClient.Patient(handler, time);

        var generate = client.GenerateAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken);
        await time.RunAsync(generate, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<ImaException>(() => generate);

        Assert.Equal(
            (kind, ImaChargeStatus.NotCharged, status == 429 ? ImaRetryGuidance.SubmitAgain : ImaRetryGuidance.ChangeRequest),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.IdempotencyKey);
        Assert.Null(exception.Task);
        Assert.Equal(status == 429 ? 3 : 1, handler.Count("create"));
        Assert.Equal(0, handler.Count("detail"));
    }

    /// <summary>The service's message and code are in the error.</summary>
    [Theory]
    [InlineData("""{"code":7001,"message":"violates\ncontent policy"}""", 7001, "violates content policy")]
    [InlineData("""{"code":1,"message":"This requires a subscription"}""", 4014, "This requires a subscription")]
    [InlineData("""{"code":7001}""", 7001, null)]
    public async Task Message_of_the_service_is_in_the_error(string body, int code, string? words)
    {
        using var handler = new ScriptedHandler().With("create", (200, body));
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken));

        Assert.Equal((code, words), (exception.Code, exception.ServiceMessage));
    }

    [Theory]
    [InlineData(503, "", "code 503")]
    [InlineData(200, "{}", "no task id")]
    [InlineData(200, """{"data":{"id":"t1",""", "task t1")]
    public async Task Unknown_outcome_has_its_reason_and_the_idempotency_key(int status, string body, string reason)
    {
        using var handler = new ScriptedHandler().With("create", (status, body));
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.GenerateAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken));

        Assert.Equal(
            (ImaErrorKind.OutcomeUnknown, ImaChargeStatus.Unknown, ImaRetryGuidance.CheckTask),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains(exception.IdempotencyKey!, exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, handler.Count("create"));
    }

    [Fact]
    public async Task Id_beside_a_failure_is_delivered()
    {
        using var handler = new ScriptedHandler().With("create", (200, """{"code":6009,"data":{"id":"task_9"}}"""));
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken));

        Assert.Equal(("task_9", ImaErrorKind.OutcomeUnknown), (exception.Task?.Id, exception.Kind));
        Assert.Equal(6, exception.Task?.Credits);
    }
}
