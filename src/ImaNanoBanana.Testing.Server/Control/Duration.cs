using System.Text.Json;

namespace ImaNanoBanana.Testing.Control;

/// <summary>Reads durations, which are numbers of seconds in every language.</summary>
internal static class Duration
{
    /// <summary>Ten years: longer than any test, and short enough for every clock.</summary>
    public const double MostSeconds = 10 * 365.0 * 24 * 60 * 60;

    /// <exception cref="JsonException">The duration is too short or too long.</exception>
    public static TimeSpan FromSeconds(double seconds, string field, double fewest = 0) => seconds >= fewest && seconds <= MostSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw ControlError.Create($"'{field}' must be from {fewest:0} to {MostSeconds:0} seconds.", field);
}
