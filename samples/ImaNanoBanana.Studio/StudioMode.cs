namespace ImaNanoBanana.Studio;

/// <summary>Whether a simulator replaces the service: no API key is set, or the settings name a simulator.</summary>
internal sealed record StudioMode(bool IsSimulated);
