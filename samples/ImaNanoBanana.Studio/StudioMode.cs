namespace ImaNanoBanana.Studio;

/// <summary>Whether a simulator replaces the service, because there is no API key.</summary>
internal sealed record StudioMode(bool IsSimulated);
