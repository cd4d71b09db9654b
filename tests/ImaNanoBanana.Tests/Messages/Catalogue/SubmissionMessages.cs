using System.Text;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Submitting;
using ImaNanoBanana.Tests.Planning;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages for create requests that were not accepted or were cancelled, and for budgets.</summary>
internal static class SubmissionMessages
{
    private const string Folder = "Submitting";
    private const string Key = "key-1";
    private const string Forbidden = """{"code":403,"message":"Prompt violates the content policy"}""";
    private const string RefusedAttribute = """{"code":6010,"message":"Invalid product attribute"}""";
    private const string RateLimited = """{"code":429,"message":"Too many requests"}""";
    private const string NoSubscription = """{"code":403,"message":"This model requires a subscription"}""";

    private static readonly ImagePlan Plan = Plans.Plan($"[{Plans.Leaf()}]", Plans.Request);

    private static readonly HttpRequestException NoConnection = new("Connection refused");

    public static IEnumerable<CatalogueMessage> All() =>
    [
        Answered("rejected: not authorised", 401, """{"code":401,"message":"unauthorized"}"""),
        Answered("rejected: the prompt", 403, Forbidden),
        Answered("rejected: subscription required", 200, NoSubscription),
        Answered("rejected: not enough credits", 200, """{"code":4008,"message":"Insufficient points"}"""),
        Answered("rejected: too many requests", 429, RateLimited),
        Answered("rejected: too many requests, with a waiting time", 429, RateLimited, retryAfter: TimeSpan.FromMinutes(5)),
        Answered("rejected: another reason", 200, RefusedAttribute),
        Answered("rejected: no reason given", 404, ""),
        Failed("not sent: no connection", wasSent: false, NoConnection),
        Failed("not sent: no reason known", wasSent: false, null),
        Failed("outcome unknown: connection lost", wasSent: true, new HttpRequestException("The connection was lost.")),
        Answered("outcome unknown: server error", 503, ""),
        Answered("outcome unknown: no task id", 200, "{}"),
        Answered("outcome unknown: damaged response", 200, """{"data":{"id":"task_1","""),
        Answered("outcome unknown: task id and error code", 200, """{"code":6009,"data":{"id":"task_1"}}"""),
        Answered("cancelled: rejected", 200, RefusedAttribute, isCancelled: true),
        Answered("cancelled: outcome unknown", 503, "", isCancelled: true),
        Message(
            "outcome unknown, without a journal entry",
            SubmissionErrors.Create(
                new SubmissionAnswer(Outcome(503, ""), null, null, null), Plan, Key, isRecorded: false, CancellationToken.None)),
        Message("cancelled: accepted", SubmissionErrors.CancelledButCharged(new ImageTask("task_1"), CancellationToken.None)),
        Message("price changed", SubmissionErrors.PriceChanged(Outcome(200, """{"code":6006}"""), Plan, Plan, 4.5m, Key)),
        Message("budget: not enough remains", SubmissionErrors.BudgetExceeded(Plan, new CreditBudget(5), 5)),
        Message(
            "budget: not enough remains in its period",
            SubmissionErrors.BudgetExceeded(Plan, new CreditBudget(5, TimeSpan.FromDays(1)), 5)),
        Message("budget: more than MaxCredits", ImagePlanner.TooExpensive(Plan, 5)),
        Message("not sent: the credit ledger failed", SubmissionErrors.LedgerFailed(Key, NoConnection)),
        Message("not sent: the request gate failed", SubmissionErrors.GateFailed(Key, NoConnection)),
        Message(
            "bug: source image without a URL",
            Record.Exception(() => CreateBody.FromPlan(Plan with { Inputs = [new InputDetails("photo.png", null)] }))),
    ];

    private static CatalogueMessage Answered(
        string name, int status, string body, TimeSpan? retryAfter = null, bool isCancelled = false) =>
        Created(name, new SubmissionAnswer(Outcome(status, body), null, null, retryAfter), isCancelled);

    private static CatalogueMessage Failed(string name, bool wasSent, Exception? failure) =>
        Created(
            name,
            new SubmissionAnswer(SubmissionOutcome.FromRecord(new SubmissionRecord(wasSent, null, default, failure)), null, failure, null),
            isCancelled: false);

    private static CatalogueMessage Created(string name, SubmissionAnswer answer, bool isCancelled) =>
        Message(name, SubmissionErrors.Create(answer, Plan, Key, isRecorded: true, new CancellationToken(isCancelled)));

    private static SubmissionOutcome Outcome(int status, string body) =>
        SubmissionOutcome.FromRecord(new SubmissionRecord(true, status, Encoding.UTF8.GetBytes(body), null));

    private static CatalogueMessage Message(string name, Exception? exception) => CatalogueMessage.FromException(Folder, name, exception);
}
