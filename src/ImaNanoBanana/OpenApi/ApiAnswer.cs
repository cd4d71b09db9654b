using System.Text.Json;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Json;
using ImaNanoBanana.OpenApi.Models;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.OpenApi;

/// <summary>Represents a response of the service: its HTTP status and, if the body is readable, the envelope.</summary>
internal sealed record ApiAnswer(int StatusCode, ApiEnvelope? Envelope) : IDisposable
{
    private JsonDocument? _document;

    public bool IsHttpSuccess => StatusCode is >= 200 and < 300;

    /// <summary>How long the response asks to wait; null if it does not specify a time.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public ApiCode Code => ApiCode.FromEnvelope(Envelope);

    /// <summary>The message of the service; null if there is none.</summary>
    public string? Message => JsonReading.NonEmptyText(Envelope?.Message);

    /// <summary>Whether there were too many requests, according to the status or the envelope.</summary>
    public bool IsRateLimit => StatusCode == ServiceCode.RateLimit || (Code.IsFailure && Code.Effective(Message) == ServiceCode.RateLimit);

    /// <summary>Returns the memory of the response to its pool. Afterwards, nothing of the response may be read.</summary>
    public void Dispose() => _document?.Dispose();

    public static ApiAnswer Read(int statusCode, ReadOnlyMemory<byte> body, TimeSpan? retryAfter = null)
    {
        try
        {
            // Not deserialized as an envelope: one unknown member whose name is not valid text would make the whole response unreadable.
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
