namespace ImaNanoBanana;

/// <summary>Parts that several error texts share.</summary>
internal static class ErrorText
{
    /// <summary>Where a key is made (wire contract, envelope).</summary>
    public const string KeyPage = "https://www.imaclaw.ai/imaclaw/apikey";

    /// <summary>Where credits are bought (wire contract, envelope).</summary>
    public const string CreditsPage = "https://www.imaclaw.ai/imaclaw/subscription";

    public const string SubscriptionRequired = "The plan of this account does not include it: a subscription is needed. Subscribe: " + CreditsPage + " , then send the same request.";

    public const string Unauthorized = "The API key is invalid or not authorised. Make a new one: " + KeyPage + " .";

    /// <returns>How long to wait, for a sentence such as "Wait ... and try again".</returns>
    public static string Wait(TimeSpan? retryAfter) =>
        retryAfter is { } wait && wait > TimeSpan.Zero ? $"{Texts.Durations.Of(wait, Texts.EnglishTexts.Table.Units)}, as the service asks," : "a moment";
}
