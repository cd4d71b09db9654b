using ImaNanoBanana.Errors;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Submitting;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>What may follow a create that was not accepted (careful client, section 2, below the table).</summary>
public class SubmissionRecoveryTests
{
    /// <summary>
    /// Outcomes in order, and what follows each: <c>n</c> not sent, <c>429</c>, another code, <c>?</c> unknown;
    /// <c>again</c>, <c>plan</c>, <c>smaller</c>, <c>stop</c>.
    /// </summary>
    [Theory]
    [InlineData("?", "stop")]
    [InlineData("n n n", "again again stop")]
    [InlineData("429 429 429", "again again stop")]
    [InlineData("n 429 n 429 n", "again again again again stop")]
    [InlineData("n ?", "again stop")]
    [InlineData("429 ?", "again stop")]
    [InlineData("6006 ?", "plan stop")]
    [InlineData("500 ?", "smaller stop")]
    [InlineData("6006", "plan")]
    [InlineData("6009", "plan")]
    [InlineData("6010", "plan")]
    [InlineData("6009 6010", "plan stop")]
    [InlineData("6009 500 6009", "plan smaller stop")]
    [InlineData("500 500 500", "smaller smaller stop")]
    [InlineData("500 429 500 6006 n", "smaller again smaller plan again")]
    [InlineData("n n 429 429 6009 500", "again again again again plan stop")]
    [InlineData("4008", "stop")]
    [InlineData("401", "stop")]
    [InlineData("403", "stop")]
    [InlineData("400", "stop")]
    [InlineData("307", "stop")]
    [InlineData("attribute", "plan")]
    [InlineData("attribute-id", "plan")]
    [InlineData("401-attribute-id", "stop")]
    public void Each_outcome_is_followed_by_what_the_rules_say(string outcomes, string steps)
    {
        var recovery = new SubmissionRecovery();
        var followed = new List<string>();
        foreach (var outcome in outcomes.Split(' '))
        {
            (var step, recovery) = recovery.After(Outcome(outcome), null, allowSmallerSize: true, jitter: 0.5);
            followed.Add(Word(step.Kind));
        }

        Assert.Equal(steps, string.Join(' ', followed));
    }

    [Fact]
    public void No_mix_of_outcomes_leads_to_more_than_6_creates()
    {
        string[] outcomes = ["n", "429", "6009", "500"];
        var most = 0;
        Walk(new SubmissionRecovery(), 1);
        Assert.Equal(SubmissionRecovery.MostCreates, most);

        void Walk(SubmissionRecovery recovery, int creates)
        {
            most = Math.Max(most, creates);
            foreach (var outcome in outcomes)
            {
                var (step, next) = recovery.After(Outcome(outcome), null, allowSmallerSize: true, jitter: 0);
                if (step.Kind != RecoveryStepKind.Stop)
                {
                    Walk(next, creates + 1);
                }
            }
        }
    }

    [Fact]
    public void Smaller_size_needs_the_callers_permission() => Assert.Equal(
        RecoveryStepKind.Stop, new SubmissionRecovery().After(Outcome("500"), null, allowSmallerSize: false, jitter: 0).Step.Kind);

    [Theory]
    [InlineData(0.0, 0.75, 1.5)]
    [InlineData(0.5, 1, 2)]
    [InlineData(1.0, 1.25, 2.5)]
    public void Back_off_doubles_and_is_spread(double jitter, double first, double second)
    {
        var (step, next) = new SubmissionRecovery().After(Outcome("429"), null, allowSmallerSize: false, jitter);

        Assert.Equal(TimeSpan.FromSeconds(first), step.Delay);
        Assert.Equal(TimeSpan.FromSeconds(second), next.After(Outcome("429"), null, allowSmallerSize: false, jitter).Step.Delay);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    [InlineData(410_400, false)]
    public void Hint_is_kept_to_up_to_a_minute(int seconds, bool isKept)
    {
        var hint = TimeSpan.FromSeconds(seconds);

        var step = new SubmissionRecovery().After(Outcome("429"), hint, allowSmallerSize: false, jitter: 0.5).Step;

        Assert.Equal(isKept ? new RecoveryStep(RecoveryStepKind.SendAgain, hint) : new RecoveryStep(RecoveryStepKind.Stop), step);
    }

    private static SubmissionOutcome Outcome(string word) => word switch
    {
        "n" => SubmissionOutcome.Of(new SubmissionRecord(WasSent: false, null, default, null)),
        "?" => SubmissionOutcome.Of(new SubmissionRecord(WasSent: true, 503, default, null)),
        "429" => SubmissionOutcome.Of(new SubmissionRecord(WasSent: true, ServiceCode.RateLimit, default, null)),
        "307" => SubmissionOutcome.Of(new SubmissionRecord(WasSent: true, 307, default, null)),
        "attribute" => Refusal(400, "Invalid Product Attribute"),
        "attribute-id" => Refusal(7, "the Attribute ID is stale"),
        "401-attribute-id" => Refusal(401, "attribute id"),
        _ => Refusal(int.Parse(word, System.Globalization.CultureInfo.InvariantCulture), "no"),
    };

    private static SubmissionOutcome Refusal(int code, string message) => SubmissionOutcome.Of(new SubmissionRecord(
        WasSent: true, 200, System.Text.Encoding.UTF8.GetBytes($$"""{"code":{{code}},"message":"{{message}}"}"""), null));

    private static string Word(RecoveryStepKind kind) => kind switch
    {
        RecoveryStepKind.SendAgain => "again",
        RecoveryStepKind.PlanAgain => "plan",
        RecoveryStepKind.ReduceSize => "smaller",
        _ => "stop",
    };
}
