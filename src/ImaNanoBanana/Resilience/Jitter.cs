using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Resilience;

/// <summary>What keeps clients that began or failed together from coming back together.</summary>
internal static class Jitter
{
    /// <summary>From 0 to 1.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Nobody gains anything by guessing it.")]
    public static double Next() => Random.Shared.NextDouble();
}
