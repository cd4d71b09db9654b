using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Submitting;

/// <summary>Represents what a caller wants to submit and which price was shown.</summary>
/// <param name="Request">The request.</param>
internal sealed record SubmissionCall(ImageRequest Request)
{
    /// <summary>The plan of a quote; null if the call plans the request itself.</summary>
    public ImagePlan? QuotedPlan { get; private init; }

    /// <summary>Whether the caller sees the price before the create request is sent: in a quote, or as an item of a stream.</summary>
    public bool IsPriceShown { get; init; }

    /// <summary>Whether the call watches the task after it is submitted.</summary>
    public bool IsWatched { get; init; }

    public static SubmissionCall FromQuote(ImagePlan plan) => new(plan.Request) { QuotedPlan = plan, IsPriceShown = true };

    /// <summary>The maximum number of credits that the call may cost: the price that was shown, otherwise what the caller allows.</summary>
    public decimal MostCredits(ImagePlan plan) => IsPriceShown ? plan.Credits : Request.MaxCredits ?? plan.Credits;
}
