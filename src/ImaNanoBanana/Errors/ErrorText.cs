namespace ImaNanoBanana;

/// <summary>Parts that several error texts share.</summary>
internal static class ErrorText
{
    /// <summary>Where a key is made (wire contract, envelope).</summary>
    public const string KeyPage = "https://www.imaclaw.ai/imaclaw/apikey";

    /// <summary>Where credits are bought (wire contract, envelope).</summary>
    public const string CreditsPage = "https://www.imaclaw.ai/imaclaw/subscription";

    public const string Unauthorized = "The API key is invalid or not authorised. Make a new one: " + KeyPage + " .";
}
