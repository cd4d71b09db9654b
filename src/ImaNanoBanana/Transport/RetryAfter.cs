using System.Globalization;

namespace ImaNanoBanana.Transport;

/// <summary>Reads how long a response asks to wait: <c>Retry-After</c> in seconds or as a date. Pure.</summary>
internal static class RetryAfter
{
    /// <summary>60 s: the caller decides about a longer wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>One year: larger numbers mean nothing more and would overflow.</summary>
    private const long MostSeconds = 366 * 24 * 60 * 60;

    /// <param name="header">The header as it was received, or null.</param>
    /// <param name="now">The time of this machine, which a date is compared with.</param>
    /// <returns>The time to wait, not negative; null if the header contains nothing readable.</returns>
    public static TimeSpan? Read(string? header, DateTimeOffset now)
    {
        var text = header?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            // A number that is too long to read means a long wait, not none.
            var seconds = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : MostSeconds;
            return TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds));
        }

        return System.Net.Http.Headers.RetryConditionHeaderValue.TryParse(text, out var value) && value.Date is { } date
            ? TimeSpan.FromSeconds(Math.Clamp((date - now).TotalSeconds, 0, MostSeconds))
            : null;
    }

    /// <summary>Reads the header of a response.</summary>
    public static TimeSpan? FromResponse(HttpResponseMessage response, DateTimeOffset now) => Read(Header(response), now);

    /// <summary>Gets the header as it was received, even if the platform's parser rejects it; null if there is none.</summary>
    public static string? Header(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.FirstOrDefault() : null;
}
