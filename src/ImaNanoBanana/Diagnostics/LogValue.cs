using System.Globalization;

namespace ImaNanoBanana.Diagnostics;

/// <summary>Formats values of log events.</summary>
internal static class LogValue
{
    /// <summary>Formats a value; the word "none" for a missing one.</summary>
    public static string OrNone(IConvertible? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
