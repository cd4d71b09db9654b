using System.Globalization;

namespace ImaNanoBanana.Transport;

/// <summary>How long an answer asks to wait: <c>Retry-After</c> in seconds or as a date. Pure.</summary>
internal static class RetryAfter
{
    /// <summary>60 s: a longer wait is the caller's to decide about (careful client, section 2).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>A year: longer figures say no more and would overflow.</summary>
    private const long MostSeconds = 366 * 24 * 60 * 60;

    /// <param name="header">The header as it came, or null.</param>
    /// <param name="now">The machine's time, which a date is measured against.</param>
    /// <returns>The time to wait, not negative; null when the header says nothing that can be read.</returns>
    public static TimeSpan? Read(string? header, DateTimeOffset now)
    {
        var text = header?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            // A number too long to read is a long wait, not none.
            var seconds = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : MostSeconds;
            return TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds));
        }

        return System.Net.Http.Headers.RetryConditionHeaderValue.TryParse(text, out var value) && value.Date is { } date
            ? TimeSpan.FromSeconds(Math.Clamp((date - now).TotalSeconds, 0, MostSeconds))
            : null;
    }

    /// <summary>Reads the header of an answer.</summary>
    public static TimeSpan? FromResponse(HttpResponseMessage response, DateTimeOffset now) => Read(Header(response), now);

    /// <summary>The header as it came, also where the platform's own reader gives it up; null when there is none.</summary>
    public static string? Header(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.FirstOrDefault() : null;
}
