namespace ImaNanoBanana.Options;

/// <summary>The service's pages for people.</summary>
internal static class ServicePages
{
    /// <summary>Where API keys are created.</summary>
    public const string ApiKeys = "https://www.imaclaw.ai/imaclaw/apikey";

    /// <summary>The page for credits and subscriptions.</summary>
    public const string Subscriptions = "https://www.imaclaw.ai/imaclaw/subscription";
}
