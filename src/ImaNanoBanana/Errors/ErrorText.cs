using ImaNanoBanana.Options;

namespace ImaNanoBanana.Errors;

/// <summary>Parts that several error texts share.</summary>
internal static class ErrorText
{
    public const string SubscriptionRequired = "The plan of this account does not include it: a subscription is needed. Subscribe: "
        + ServicePages.Subscriptions + " , then send the same request.";

    public const string Unauthorized = "The API key is invalid or not authorised. Make a new one: " + ServicePages.ApiKeys + " .";

    /// <returns>How long to wait, for a sentence such as "Wait ... and try again".</returns>
    public static string Wait(TimeSpan? retryAfter) =>
        retryAfter is { } wait && wait > TimeSpan.Zero
            ? $"{Durations.Describe(wait, Durations.EnglishUnits)}, as the service asks,"
            : "a moment";
}
