using ImaNanoBanana.Errors;

namespace ImaNanoBanana.Messages;

/// <summary>Decides whether the message about a failure offers to try again. Pure.</summary>
internal static class RetryOffer
{
    public static bool IsMade(ImaException error)
    {
        var cause = AdviceCauses.FromError(error);
        return error.RetryGuidance switch
        {
            ImaRetryGuidance.SubmitAgain => true,

            // The service refuses the same description again, and might charge it again.
            ImaRetryGuidance.SubmitAgainAtNewCost => cause != AdviceCause.Description,
            ImaRetryGuidance.ChangeRequest => IsSpecified(cause),
            _ => false,
        };
    }

    /// <summary>
    /// The causes for which the service's chat assistant specifies the offer: the user can act on them first, or the assistant continues
    /// with another size, ratio, model or price.
    /// </summary>
    private static bool IsSpecified(AdviceCause cause) => cause is
        AdviceCause.Key or AdviceCause.Credits or AdviceCause.Parameters or AdviceCause.Price or AdviceCause.InvalidParameter
        or AdviceCause.AspectRatio or AdviceCause.Service or AdviceCause.AnythingElse;
}
