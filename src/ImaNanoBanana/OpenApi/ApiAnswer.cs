using System.Text.Json;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Json;
using ImaNanoBanana.OpenApi.Models;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.OpenApi;

/// <summary>An answer of the service: its HTTP status and, where the body is readable, the envelope.</summary>
internal sealed record ApiAnswer(int StatusCode, ApiEnvelope? Envelope)
{
    private JsonDocument? _document;

    public bool IsHttpSuccess => StatusCode is >= 200 and < 300;

    /// <summary>How long the answer asks to wait; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public ApiCode Code => ApiCode.FromEnvelope(Envelope);

    /// <summary>The service's own words; null when it has none.</summary>
    public string? Message => JsonReading.NonEmptyText(Envelope?.Message);

    /// <summary>Whether there were too many requests, said by the status or by the envelope.</summary>
    public bool IsRateLimit => StatusCode == ServiceCode.RateLimit || (Code.IsFailure && Code.Effective(Message) == ServiceCode.RateLimit);

    /// <summary>Gives back the memory that a long answer took to read: nothing of it may be read any more. Nobody has to.</summary>
    public void Release() => _document?.Dispose();

    public static ApiAnswer Read(int statusCode, ReadOnlyMemory<byte> body, TimeSpan? retryAfter = null)
    {
        try
        {
            // Not read as an envelope at once: one foreign member whose name is no text would cost the whole answer.
            var document = JsonDocument.Parse(JsonReading.WithoutMark(body));
            var root = document.RootElement;
            return new ApiAnswer(statusCode, root.ValueKind != JsonValueKind.Object ? null : new ApiEnvelope
            {
                Code = JsonReading.Member(root, "code"),
                Message = JsonReading.Member(root, "message"),
                Data = JsonReading.Member(root, "data"),
            })
            {
                RetryAfter = retryAfter,
                _document = document,
            };
        }
        catch (JsonException)
        {
            return new ApiAnswer(statusCode, null) { RetryAfter = retryAfter };
        }
    }
}
