using System.Net;
using System.Text;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>An answer as the handler gives it.</summary>
internal sealed record FuzzedAnswer(int Status, byte[] Body)
{
    public Delivery Delivery { get; init; } = Delivery.Whole;

    public string? ContentType { get; init; } = "application/json";

    public IReadOnlyList<string> RetryAfter { get; init; } = [];

    /// <summary>Whether <see cref="RetryAfter"/> asks for more than a minute; known because the test generated it.</summary>
    public bool AsksForLongWait { get; init; }

    /// <summary>The part of the body that a client can have seen.</summary>
    public byte[] Seen => Delivery is Delivery.Whole or Delivery.LengthUnknown or Delivery.CutOff ? Body : [];

    public bool HasAnswer => Delivery is not (Delivery.LostBeforeSending or Delivery.LostAfterSending);

    public HttpResponseMessage ToResponse()
    {
        var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = new DeliveredContent(Body, Delivery) };
        if (ContentType is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        foreach (var value in RetryAfter)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", value);
        }

        return response;
    }

    /// <summary>Everything needed to see what went wrong, with bytes that are not text as escapes.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(
            $"HTTP {Status} {Delivery}, {ContentType ?? "no content type"}, Retry-After [{string.Join(" | ", RetryAfter)}], "
                + $"{Body.Length} bytes: ");
        foreach (var one in Body.Take(2000))
        {
            text.Append(one is >= 0x20 and < 0x7F ? ((char)one).ToString() : $"<{one:x2}>");
        }

        return text.ToString();
    }
}
