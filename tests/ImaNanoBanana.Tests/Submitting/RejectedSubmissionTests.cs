using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>What the caller learns when a create is not accepted.</summary>
public class RejectedSubmissionTests
{
    private const string SubscriptionNeeded =
        "The plan of this account does not include this request: a subscription is required. Subscribe: "
            + "https://www.imaclaw.ai/imaclaw/subscription , then submit the same request again. No credits were spent.";

    public static TheoryData<int, string, ImaErrorKind, ImaChargeStatus, ImaRetryGuidance, string> Refusals() => new()
    {
        { 401, "", ImaErrorKind.Unauthorized, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest, "The API key is invalid or not "
            + "authorised. Create a new key: https://www.imaclaw.ai/imaclaw/apikey . No credits were spent." },
        { 403, "", ImaErrorKind.Unauthorized, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest, "The API key is invalid or not "
            + "authorised. Create a new key: https://www.imaclaw.ai/imaclaw/apikey . No credits were spent." },
        {
            200,
            """{"code":4008}""",
            ImaErrorKind.InsufficientCredits,
            ImaChargeStatus.NotCharged,
            ImaRetryGuidance.ChangeRequest,
            "Not enough credits for this image. Buy credits: https://www.imaclaw.ai/imaclaw/subscription . No credits were spent."
        },
        { 429, "", ImaErrorKind.RateLimited, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, "The service rejected the "
            + "submission because of too many requests. Wait a moment and submit again. No credits were spent." },
        {
            200,
            """{"code":6009,"message":"No matching\ncredit rule"}""",
            ImaErrorKind.Rejected,
            ImaChargeStatus.NotCharged,
            ImaRetryGuidance.ChangeRequest,
            "The service rejected the submission with code 6009: No matching credit rule. No credits were spent."
        },
        { 200, """{"code":4014}""", ImaErrorKind.Rejected, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest, SubscriptionNeeded },
        {
            200,
            """{"code":1,"message":"This model requires a subscription"}""",
            ImaErrorKind.Rejected,
            ImaChargeStatus.NotCharged,
            ImaRetryGuidance.ChangeRequest,
            SubscriptionNeeded
        },
        {
            403,
            """{"message":"This model requires a subscription"}""",
            ImaErrorKind.Rejected,
            ImaChargeStatus.NotCharged,
            ImaRetryGuidance.ChangeRequest,
            SubscriptionNeeded
        },
        {
            403,
            """{"message":"The prompt violates content policy."}""",
            ImaErrorKind.Rejected,
            ImaChargeStatus.NotCharged,
            ImaRetryGuidance.ChangeRequest,
            "The service rejected the submission with code 403: The prompt violates content policy. No credits were spent."
        },
        { 307, "", ImaErrorKind.Rejected, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest, "The service rejected the "
            + "submission with code 307: no reason given. No credits were spent." },
    };

    /// <summary>S4 and others. A missing subscription plan is reported as such, in whatever form the service says it.</summary>
    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Rejection_is_a_typed_error_that_reports_the_cost(
        int status, string body, ImaErrorKind kind, ImaChargeStatus charge, ImaRetryGuidance retry, string message)
    {
        using var handler = new ScriptedHandler().With("create", (status, body));
        var time = new TestTimeProvider();
        using var client = TestClient.Patient(handler, time);

        var generate = client.GenerateAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken);
        await time.RunAsync(generate, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<ImaException>(() => generate);

        Assert.Equal((kind, charge, retry, message), (exception.Kind, exception.ChargeStatus, exception.RetryGuidance, exception.Message));
        Assert.NotNull(exception.IdempotencyKey);
        Assert.Null(exception.Task);
        Assert.Equal(status == 429 ? 3 : 1, handler.Count("create"));
        Assert.Equal(0, handler.Count("detail"));
    }

    /// <summary>S3, S4. The service's message and code are in the error.</summary>
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
    [InlineData(503, "", "the service returned code 503")]
    [InlineData(200, "{}", "the response contains no task id")]
    [InlineData(200, """{"data":{"id":"t1",""", "the response contains the task t1, but is contradictory or damaged")]
    public async Task Unknown_outcome_has_its_reason_and_the_idempotency_key(int status, string body, string reason)
    {
        using var handler = new ScriptedHandler().With("create", (status, body));
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.GenerateAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken));

        Assert.Equal(
            (ImaErrorKind.OutcomeUnknown, ImaChargeStatus.Unknown, ImaRetryGuidance.CheckTask),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance));
        Assert.Equal(
            $"The create request was sent, but no response says what became of it ({reason}). Credits may have been spent. Do not submit "
                + "it again: check your account history, then attach the task with AttachTaskAsync or remove the journal entry with "
                + $"RemoveAsync. Idempotency key: {exception.IdempotencyKey}.",
            exception.Message);
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
