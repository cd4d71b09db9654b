using ImaNanoBanana.Options;

namespace ImaNanoBanana.Errors;

/// <summary>Contains texts that several error messages share.</summary>
internal static class ErrorText
{
    public const string SubscriptionRequired = "The plan of this account does not include this request: a subscription is required. "
        + "Subscribe: " + ServicePages.Subscriptions + " , then submit the same request again.";

    public const string Unauthorized = "The API key is invalid or not authorised. Create a new key: " + ServicePages.ApiKeys + " .";

    /// <returns>The waiting time, for a sentence such as "Wait ... and try again".</returns>
    public static string Wait(TimeSpan? retryAfter) =>
        retryAfter is { } wait && wait > TimeSpan.Zero
            ? $"{Durations.Describe(wait, Durations.EnglishUnits)}, as the service asks,"
            : "a moment";
}
