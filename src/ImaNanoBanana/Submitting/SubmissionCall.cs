using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Submitting;

/// <summary>What a caller wants to be submitted, and which price was shown.</summary>
/// <param name="Request">The request.</param>
internal sealed record SubmissionCall(ImageRequest Request)
{
    /// <summary>The plan of a quote; null where the request is planned by the call.</summary>
    public ImagePlan? QuotedPlan { get; private init; }

    /// <summary>Whether the caller sees the price before the create is sent: of a quote, or as an item of a stream.</summary>
    public bool IsPriceShown { get; init; }

    public static SubmissionCall FromQuote(ImagePlan plan) => new(plan.Request) { QuotedPlan = plan, IsPriceShown = true };

    /// <summary>The most credits that the call may cost: what was shown, else what the caller allows.</summary>
    public decimal MostCredits(ImagePlan plan) => IsPriceShown ? plan.Credits : Request.MaxCredits ?? plan.Credits;
}
