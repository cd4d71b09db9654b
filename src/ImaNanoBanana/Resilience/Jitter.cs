using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Resilience;

/// <summary>Provides random numbers, so that clients that began or failed together do not send again together.</summary>
internal static class Jitter
{
    /// <summary>A number from 0 to 1.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "There is no advantage in guessing the number.")]
    public static double Next() => Random.Shared.NextDouble();
}
