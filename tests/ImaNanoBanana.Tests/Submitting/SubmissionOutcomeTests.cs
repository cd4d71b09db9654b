using System.Text;
using ImaNanoBanana.Submitting;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>The outcome of a create, by the status and body of its answer.</summary>
public class SubmissionOutcomeTests
{
    private const string Id = """{"code":200,"message":"success","data":{"id":"t1"}}""";

    public static TheoryData<int, string, ExpectedOutcome> Answers() => new()
    {
        // Accepted: any 2xx with an id and without a failure code.
        { 200, Id, Accepted("t1") },
        { 201, Id, Accepted("t1") },
        { 200, """{"data":{"id":"t1"}}""", Accepted("t1") },
        { 200, """{"code":null,"data":{"id":"t1"}}""", Accepted("t1") },
        { 200, """{"code":0,"data":{"id":"t1"}}""", Accepted("t1") },
        { 200, """{"code":"200","data":{"id":"t1"}}""", Accepted("t1") },
        { 200, """{"code":200.0,"data":{"id":"t1"}}""", Accepted("t1") },
        { 200, """{"code":true,"data":{"id":"t1"}}""", Accepted("t1") },
        { 200, """{"code":200,"data":{"id":90071992547}}""", Accepted("90071992547") },
        { 200, """{"code":200,"data":{"id":" t1 "}}""", Accepted("t1") },

        // The id is found, whatever precedes it.
        { 200, "\uFEFF" + Id, Accepted("t1") },
        { 200, """{"\uD800":1,"code":200,"data":{"i\uDC00":2,"id":"t1"}}""", Accepted("t1") },
        { 429, "\uFEFF" + Id, Unknown("t1", 429) },
        { 413, """{"\uD800":1,"data":{"\uD83D":2,"id":"t1"}}""", Unknown("t1", 413) },
        { 429, "{\"deep\":" + new string('[', 500) + new string(']', 500) + ""","data":{"id":"t1"}}""", Unknown("t1", 429) },

        // An id together with a failure: unknown, with the id.
        { 200, """{"code":6009,"data":{"id":"t1"}}""", Unknown("t1", 6009) },
        { 400, """{"code":400,"data":{"id":"t1"}}""", Unknown("t1", 400) },
        { 400, """{"code":200,"data":{"id":"t1"}}""", Unknown("t1", 400) },
        { 429, """{"code":200,"data":{"id":"t1"}}""", Unknown("t1", 429) },
        { 503, Id, Unknown("t1", 503) },

        // Duplicate or truncated content: an id is never overlooked, and if there are two codes, neither counts.
        { 200, """{"code":6009,"data":{"id":"t1"},"data":null}""", Unknown("t1", 6009) },
        { 200, """{"code":6009,"data":{"id":"t1","id":null}}""", Unknown("t1", 6009) },
        { 200, """{"code":6009,"data":{"id":"t1","id":"  "}}""", Unknown("t1", 6009) },
        { 200, """{"code":200,"data":{"id":"t1"},"data":{"id":"t2"}}""", Accepted("t2") },
        { 200, """{"code":200,"data":{"x":{"id":"t0"},"id":"t1","medias":[{"id":"t3"}]},"id":"t4"}""", Accepted("t1") },
        { 200, """{"code":200,"code":6009,"data":{"id":"t1"}}""", Unknown("t1") },
        { 200, """{"code":6009,"code":200,"data":{"id":"t1"}}""", Unknown("t1") },
        { 200, """{"code":200,"code":6009}""", Unknown() },
        { 500, """{"code":200,"code":6009}""", Unknown() },
        { 400, """{"code":200,"code":6009}""", Rejected(400) },
        { 200, """{"code":6009,"data":{"id":"t1"},""", Unknown("t1") },
        { 429, """{"code":429,"data":{"id":"t1"},"x":""", Unknown("t1", 429) },
        { 200, """{"code":6009,"data":{"id":"\ud800"}}""", Unknown() },
        { 429, """{"code":6009,"data":{"id":"\ud800"}}""", Unknown() },

        // 429, any body.
        { 429, "", Rejected(429) },
        { 429, "Too Many Requests", Rejected(429) },
        { 429, """{"code":6009}""", Rejected(429) },

        // 2xx with a failure code.
        { 200, """{"code":4008,"message":"Insufficient points","data":null}""", Rejected(4008) },
        { 200, """{"code":"6009","message":"No matching credit rule found"}""", Rejected(6009) },
        { 200, """{"code":-1,"message":"wrapped error code: 6010"}""", Rejected(6010) },
        { 200, """{"code":-1,"message":"it took 500 ms"}""", Rejected(-1) },
        { 200, """{"code":-1,"message":"error code: 60101"}""", Rejected(-1) },
        { 200, """{"code":-1,"message":"code of conduct, code=6006."}""", Rejected(6006) },
        { 200, """{"code":6006,"message":"wrapped error code: 6010"}""", Rejected(6006) },
        { 201, """{"code":500}""", Rejected(500) },

        // Redirects and client errors.
        { 301, "", Rejected(301) },
        { 302, "", Rejected(302) },
        { 307, "", Rejected(307) },
        { 308, "", Rejected(308) },
        { 400, """{"code":400,"message":"Bad request: size"}""", Rejected(400) },
        { 400, """{"code":6010,"message":"x"}""", Rejected(6010) },
        { 401, "", Rejected(401) },
        { 404, "<html>", Rejected(404) },
        { 403, """{"code":200}""", Rejected(403) },

        // 500 with the service's envelope.
        { 500, """{"code":500,"message":"internal server error","data":null}""", Rejected(500) },
        { 500, """{"code":6009,"message":"no matching rule"}""", Rejected(6009) },
        { 500, """{"code":200,"message":"?"}""", Rejected(500) },

        // All other answers.
        { 500, "oops", Unknown() },
        { 500, """{"message":"Internal Server Error"}""", Unknown() },
        { 500, """{"code":"E_FAIL"}""", Unknown() },
        { 502, """{"code":500}""", Unknown() },
        { 503, "", Unknown() },
        { 504, "", Unknown() },
        { 303, "", Unknown() },
        { 300, "", Unknown() },
        { 300, """{"code":6009}""", Unknown() },
        { 200, """{"code":-1,"message":"error code: 400"}""", Rejected(400) },
        { 200, """{"code":400,"message":"error code: 6010"}""", Rejected(400) },
        { 200, """{"code":2147483647}""", Rejected(2147483647) },
        { 200, """{"code":-2147483648}""", Rejected(-2147483648) },
        { 200, """{"code":2147483648}""", Unknown() },
        { 200, """{"code":-2147483649}""", Unknown() },
        { 304, "", Unknown() },
        { 408, """{"code":408}""", Unknown() },
        { 200, "", Unknown() },
        { 200, "<!doctype html>", Unknown() },
        { 200, """{"code":200,"message":"success","data":{"id":"task_2026""", Unknown() },
        { 200, """{"code":200,"data":{"id":""}}""", Unknown() },
        { 200, """{"code":200,"data":{"id":"  "}}""", Unknown() },
        { 200, """{"code":200,"data":{"id":null}}""", Unknown() },
        { 200, """{"code":200,"data":{"id":{"a":1}}}""", Unknown() },
        { 200, """{"code":200,"data":{"status":"queued"}}""", Unknown() },
        { 200, """{"code":200,"data":null}""", Unknown() },
        { 200, """[{"id":"t1"}]""", Unknown() },
        { 200, "null", Unknown() },
        { 200, """{"code":"E_FAIL"}""", Unknown() },
        { 200, """{"code":6009.5}""", Unknown() },
        { 200, """{"code":1e99}""", Unknown() },
        { 200, """{"code":200,"data":{"id":"\ud800"}}""", Unknown() },
        { 200, """{"code":200,"data":{"id":"\ud800","id":"t1"}}""", Unknown("t1") },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Outcome_follows_from_status_and_body(int status, string body, ExpectedOutcome expected)
    {
        var outcome = SubmissionOutcome.FromRecord(Record(status, body, wasSent: true));

        var code = outcome.Kind == SubmissionOutcomeKind.Unknown && outcome.TaskId is null ? null : outcome.Code;
        Assert.Equal(expected, new ExpectedOutcome(outcome.Kind.ToString(), outcome.TaskId, code));
    }

    [Theory]
    [InlineData(true, "Unknown")]
    [InlineData(false, "NotSent")]
    public void Without_an_answer_the_outcome_depends_on_whether_the_body_was_read(bool wasSent, string expected) =>
        Assert.Equal(
            expected, SubmissionOutcome.FromRecord(new SubmissionRecord(wasSent, null, default, new IOException("lost"))).Kind.ToString());

    [Theory]
    [InlineData(200, Id, "Accepted")]
    [InlineData(401, "", "Rejected")]
    [InlineData(503, "", "NotSent")]
    [InlineData(503, Id, "Unknown")]
    [InlineData(200, """{"code":200,"data":{"id":"\ud800"}}""", "Unknown")]
    public void Answer_before_the_body_was_read_counts_only_if_it_is_conclusive(int status, string body, string expected) =>
        Assert.Equal(expected, SubmissionOutcome.FromRecord(Record(status, body, wasSent: false)).Kind.ToString());

    [Theory]
    [InlineData(400, "Rejected")]
    [InlineData(200, "Unknown")]
    public void Status_decides_when_the_body_is_lost(int status, string expected) =>
        Assert.Equal(
            expected, SubmissionOutcome.FromRecord(new SubmissionRecord(true, status, default, new IOException("lost"))).Kind.ToString());

    private static ExpectedOutcome Accepted(string taskId) => new(nameof(SubmissionOutcomeKind.Accepted), taskId, null);

    private static ExpectedOutcome Rejected(int code) => new(nameof(SubmissionOutcomeKind.Rejected), null, code);

    private static ExpectedOutcome Unknown(string? taskId = null, int? code = null) =>
        new(nameof(SubmissionOutcomeKind.Unknown), taskId, code);

    private static SubmissionRecord Record(int status, string body, bool wasSent) =>
        new(wasSent, status, Encoding.UTF8.GetBytes(body), null);
}
