using ImaNanoBanana.Errors;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Submitting;

/// <summary>
/// Decides what may follow a create request that was not accepted, from what happened so far in the same call. Nothing ever follows
/// an unknown outcome. Pure; each outcome gives the next state.
/// </summary>
internal sealed record SubmissionRecovery
{
    /// <summary>The maximum number of create requests in one call, for any mix of reasons.</summary>
    public const int MostCreates = 6;

    /// <summary>
    /// The maximum number of sends for create requests that were not sent, and separately for create requests that were rejected with 429.
    /// </summary>
    public const int MostSends = 3;

    public const int MostReductions = 2;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    private int Creates { get; init; }

    private int NotSent { get; init; }

    private int RateLimited { get; init; }

    private int Reductions { get; init; }

    private bool HasPlannedAgain { get; init; }

    /// <param name="outcome">The outcome of the last create request.</param>
    /// <param name="retryAfter">How long its response asks to wait.</param>
    /// <param name="allowSmallerSize">Whether the caller allows a smaller size.</param>
    /// <param name="jitter">From 0 to 1, so that clients that failed together do not send again together.</param>
    public (RecoveryStep Step, SubmissionRecovery Next) After(
        SubmissionOutcome outcome, TimeSpan? retryAfter, bool allowSmallerSize, double jitter)
    {
        var counted = this with { Creates = Creates + 1 };
        var stop = (new RecoveryStep(RecoveryStepKind.Stop), counted);
        if (counted.Creates >= MostCreates)
        {
            return stop;
        }

        switch (outcome.Kind)
        {
            case SubmissionOutcomeKind.NotSent when NotSent + 1 < MostSends:
                return (Again(null, NotSent), counted with { NotSent = NotSent + 1 });
            case SubmissionOutcomeKind.Rejected when outcome.Code == ServiceCode.RateLimit:
                return RateLimited + 1 >= MostSends || retryAfter > RetryAfter.Longest
                    ? stop
                    : (Again(retryAfter, RateLimited), counted with { RateLimited = RateLimited + 1 });
            case SubmissionOutcomeKind.Rejected when IsAboutThePrice(outcome):
                return HasPlannedAgain ? stop : (new RecoveryStep(RecoveryStepKind.PlanAgain), counted with { HasPlannedAgain = true });
            case SubmissionOutcomeKind.Rejected when outcome.Code == ServiceCode.InternalError && allowSmallerSize
                && Reductions < MostReductions:
                return (new RecoveryStep(RecoveryStepKind.ReduceSize), counted with { Reductions = Reductions + 1 });
            default:
                return stop;
        }

        RecoveryStep Again(TimeSpan? hint, int before) =>
            new(RecoveryStepKind.SendAgain, hint ?? FirstDelay * (1 << before) * (0.75 + (jitter / 2)));
    }

    private static bool IsAboutThePrice(SubmissionOutcome outcome) => outcome.Code switch
    {
        ServiceCode.CreditMismatch or ServiceCode.NoMatchingRule or ServiceCode.InvalidAttribute => true,
        ServiceCode.Unauthorized or ServiceCode.Forbidden or ServiceCode.InsufficientPoints => false,
        _ => Says(outcome, "invalid product attribute") || Says(outcome, "attribute id"),
    };

    private static bool Says(SubmissionOutcome outcome, string words) =>
        outcome.Message?.Contains(words, StringComparison.OrdinalIgnoreCase) is true;
}
