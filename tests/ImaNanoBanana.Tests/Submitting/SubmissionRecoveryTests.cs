using ImaNanoBanana.Errors;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Submitting;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>What may follow a create that was not accepted.</summary>
public class SubmissionRecoveryTests
{
    private static readonly SubmissionOutcome NotSent = SubmissionOutcome.FromRecord(
        new SubmissionRecord(WasSent: false, null, default, null));
    private static readonly SubmissionOutcome Unknown = SubmissionOutcome.FromRecord(
        new SubmissionRecord(WasSent: true, 503, default, null));
    private static readonly SubmissionOutcome RateLimited = SubmissionOutcome.FromRecord(
        new SubmissionRecord(WasSent: true, ServiceCode.RateLimit, default, null));
    private static readonly SubmissionOutcome Redirected = SubmissionOutcome.FromRecord(
        new SubmissionRecord(WasSent: true, 307, default, null));

    [Fact]
    public void Unknown_outcome_ends_the_submission_whatever_came_before()
    {
        Follows((Unknown, RecoveryStepKind.Stop));
        Follows((NotSent, RecoveryStepKind.SendAgain), (Unknown, RecoveryStepKind.Stop));
        Follows((RateLimited, RecoveryStepKind.SendAgain), (Unknown, RecoveryStepKind.Stop));
        Follows((Refused(6006), RecoveryStepKind.PlanAgain), (Unknown, RecoveryStepKind.Stop));
        Follows((Refused(500), RecoveryStepKind.ReduceSize), (Unknown, RecoveryStepKind.Stop));
    }

    [Fact]
    public void Submission_that_was_not_sent_or_was_rate_limited_is_sent_again_twice_for_either_reason()
    {
        Follows((NotSent, RecoveryStepKind.SendAgain), (NotSent, RecoveryStepKind.SendAgain), (NotSent, RecoveryStepKind.Stop));
        Follows((RateLimited, RecoveryStepKind.SendAgain), (RateLimited, RecoveryStepKind.SendAgain), (RateLimited, RecoveryStepKind.Stop));
        Follows(
            (NotSent, RecoveryStepKind.SendAgain), (RateLimited, RecoveryStepKind.SendAgain), (NotSent, RecoveryStepKind.SendAgain),
            (RateLimited, RecoveryStepKind.SendAgain), (NotSent, RecoveryStepKind.Stop));
    }

    [Fact]
    public void Submission_from_a_stale_product_list_is_planned_again_once()
    {
        Follows((Refused(6006), RecoveryStepKind.PlanAgain));
        Follows((Refused(6009), RecoveryStepKind.PlanAgain));
        Follows((Refused(6010), RecoveryStepKind.PlanAgain));
        Follows((Refused(400, "Invalid Product Attribute"), RecoveryStepKind.PlanAgain));
        Follows((Refused(7, "the Attribute ID is stale"), RecoveryStepKind.PlanAgain));
        Follows((Refused(6009), RecoveryStepKind.PlanAgain), (Refused(6010), RecoveryStepKind.Stop));
        Follows(
            (Refused(6009), RecoveryStepKind.PlanAgain),
            (Refused(500), RecoveryStepKind.ReduceSize),
            (Refused(6009), RecoveryStepKind.Stop));
    }

    [Fact]
    public void Submission_that_the_service_could_not_make_is_reduced_twice() =>
        Follows(
            (Refused(500), RecoveryStepKind.ReduceSize),
            (Refused(500), RecoveryStepKind.ReduceSize),
            (Refused(500), RecoveryStepKind.Stop));

    [Fact]
    public void Each_reason_has_its_own_count_up_to_6_creates()
    {
        Follows(
            (Refused(500), RecoveryStepKind.ReduceSize),
            (RateLimited, RecoveryStepKind.SendAgain),
            (Refused(500), RecoveryStepKind.ReduceSize),
            (Refused(6006), RecoveryStepKind.PlanAgain), (NotSent, RecoveryStepKind.SendAgain));
        Follows(
            (NotSent, RecoveryStepKind.SendAgain), (NotSent, RecoveryStepKind.SendAgain), (RateLimited, RecoveryStepKind.SendAgain),
            (RateLimited, RecoveryStepKind.SendAgain), (Refused(6009), RecoveryStepKind.PlanAgain), (Refused(500), RecoveryStepKind.Stop));
    }

    [Fact]
    public void Any_other_rejection_ends_the_submission()
    {
        Follows((Refused(4008), RecoveryStepKind.Stop));
        Follows((Refused(401), RecoveryStepKind.Stop));
        Follows((Refused(401, "attribute id"), RecoveryStepKind.Stop));
        Follows((Refused(403), RecoveryStepKind.Stop));
        Follows((Refused(400), RecoveryStepKind.Stop));
        Follows((Redirected, RecoveryStepKind.Stop));
    }

    [Fact]
    public void No_mix_of_outcomes_leads_to_more_than_6_creates()
    {
        SubmissionOutcome[] outcomes = [NotSent, RateLimited, Refused(6009), Refused(500)];
        var most = 0;
        Walk(new SubmissionRecovery(), 1);
        Assert.Equal(SubmissionRecovery.MostCreates, most);

        void Walk(SubmissionRecovery recovery, int creates)
        {
            most = Math.Max(most, creates);
            foreach (var outcome in outcomes)
            {
                var (step, next) = recovery.After(outcome, null, allowSmallerSize: true, jitter: 0);
                if (step.Kind != RecoveryStepKind.Stop)
                {
                    Walk(next, creates + 1);
                }
            }
        }
    }

    [Fact]
    public void Smaller_size_needs_the_callers_permission() => Assert.Equal(
        RecoveryStepKind.Stop, new SubmissionRecovery().After(Refused(500), null, allowSmallerSize: false, jitter: 0).Step.Kind);

    [Theory]
    [InlineData(0.0, 0.75, 1.5)]
    [InlineData(0.5, 1, 2)]
    [InlineData(1.0, 1.25, 2.5)]
    public void Back_off_doubles_and_has_jitter(double jitter, double first, double second)
    {
        var (step, next) = new SubmissionRecovery().After(RateLimited, null, allowSmallerSize: false, jitter);

        Assert.Equal(TimeSpan.FromSeconds(first), step.Delay);
        Assert.Equal(TimeSpan.FromSeconds(second), next.After(RateLimited, null, allowSmallerSize: false, jitter).Step.Delay);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    [InlineData(410_400, false)]
    public void RetryAfter_is_respected_up_to_a_minute(int seconds, bool isKept)
    {
        var hint = TimeSpan.FromSeconds(seconds);

        var step = new SubmissionRecovery().After(RateLimited, hint, allowSmallerSize: false, jitter: 0.5).Step;

        Assert.Equal(isKept ? new RecoveryStep(RecoveryStepKind.SendAgain, hint) : new RecoveryStep(RecoveryStepKind.Stop), step);
    }

    /// <summary>The next step after each outcome, in sequence.</summary>
    private static void Follows(params (SubmissionOutcome Outcome, RecoveryStepKind Step)[] expected)
    {
        var recovery = new SubmissionRecovery();
        var followed = new List<RecoveryStepKind>();
        foreach (var (outcome, _) in expected)
        {
            (var step, recovery) = recovery.After(outcome, null, allowSmallerSize: true, jitter: 0.5);
            followed.Add(step.Kind);
        }

        Assert.Equal(expected.Select(one => one.Step), followed);
    }

    private static SubmissionOutcome Refused(int code, string message = "no") => SubmissionOutcome.FromRecord(new SubmissionRecord(
        WasSent: true, 200, System.Text.Encoding.UTF8.GetBytes($$"""{"code":{{code}},"message":"{{message}}"}"""), null));
}
