using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>What the caller is told when a create is not accepted (careful client, section 6).</summary>
public class RejectedSubmissionTests
{
    private const string SubscriptionNeeded =
        "The plan of this account does not include it: a subscription is needed. Subscribe: "
            + "https://www.imaclaw.ai/imaclaw/subscription , then send the same request. No credits were spent.";

    public static TheoryData<int, string, ImaErrorKind, ImaChargeStatus, ImaRetryGuidance, string> Refusals() => new()
    {
        { 401, "", ImaErrorKind.Unauthorized, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest, "The API key is invalid or not "
            + "authorised. Make a new one: https://www.imaclaw.ai/imaclaw/apikey . No credits were spent." },
        { 403, "", ImaErrorKind.Unauthorized, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest, "The API key is invalid or not "
            + "authorised. Make a new one: https://www.imaclaw.ai/imaclaw/apikey . No credits were spent." },
        {
            200,
            """{"code":4008}""",
            ImaErrorKind.InsufficientCredits,
            ImaChargeStatus.NotCharged,
            ImaRetryGuidance.ChangeRequest,
            "Not enough credits for this image. Buy credits: https://www.imaclaw.ai/imaclaw/subscription . No credits were spent."
        },
        { 429, "", ImaErrorKind.RateLimited, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, "The service refused the order "
            + "because of "
            + "too many requests. No credits were spent; wait a moment and try again." },
        {
            200,
            """{"code":6009,"message":"No matching\ncredit rule"}""",
            ImaErrorKind.Rejected,
            ImaChargeStatus.NotCharged,
            ImaRetryGuidance.ChangeRequest,
            "The service refused the order with code 6009: No matching credit rule. No credits were spent."
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
            "The service refused the order with code 403: The prompt violates content policy. No credits were spent."
        },
        { 307, "", ImaErrorKind.Rejected, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest, "The service refused the order "
            + "with code 307: "
            + "no reason given. No credits were spent." },
    };

    /// <summary>S4, among others. A plan that is missing is told as that, in whatever form the service says it.</summary>
    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusal_is_a_typed_error_that_says_what_it_cost(
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

    /// <summary>S3, S4. The service's words and its code are in the error.</summary>
    [Theory]
    [InlineData("""{"code":7001,"message":"violates\ncontent policy"}""", 7001, "violates content policy")]
    [InlineData("""{"code":1,"message":"This requires a subscription"}""", 4014, "This requires a subscription")]
    [InlineData("""{"code":7001}""", 7001, null)]
    public async Task Words_of_the_service_are_in_the_error(string body, int code, string? words)
    {
        using var handler = new ScriptedHandler().With("create", (200, body));
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken));

        Assert.Equal((code, words), (exception.Code, exception.ServiceMessage));
    }

    [Theory]
    [InlineData(503, "", "the service answered 503")]
    [InlineData(200, "{}", "the answer carries no task id")]
    [InlineData(200, """{"data":{"id":"t1",""", "the answer carries the task t1, and contradicts itself or is damaged")]
    public async Task Unknown_outcome_says_why_and_carries_the_operation_key(int status, string body, string reason)
    {
        using var handler = new ScriptedHandler().With("create", (status, body));
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.GenerateAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken));

        Assert.Equal(
            (ImaErrorKind.OutcomeUnknown, ImaChargeStatus.Unknown, ImaRetryGuidance.CheckTask),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance));
        Assert.Equal(
            $"The order was sent, and its outcome is unknown ({reason}). Credits may have been spent: do not order again without "
                + $"checking your account. Idempotency key: {exception.IdempotencyKey}.",
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
