namespace ImaNanoBanana.AppHost;

/// <summary>What became of the start.</summary>
internal enum Readiness
{
    /// <summary>The studio answers.</summary>
    Ready,

    /// <summary>The studio has ended, or something that it needs.</summary>
    Failed,

    /// <summary>This program received the signal to stop before.</summary>
    Stopped,
}
