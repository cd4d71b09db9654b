using System.Text.Json;
using ImaNanoBanana.OpenApi.Models;

namespace ImaNanoBanana.OpenApi;

/// <summary>An answer of the service: its HTTP status and, where the body is readable, the envelope.</summary>
internal sealed record ApiAnswer(int StatusCode, ApiEnvelope? Envelope)
{
    public bool IsHttpSuccess => StatusCode is >= 200 and < 300;

    public static ApiAnswer Read(int statusCode, ReadOnlyMemory<byte> body)
    {
        try
        {
            return new ApiAnswer(statusCode, JsonSerializer.Deserialize(body.Span, ImaJsonContext.Default.ApiEnvelope));
        }
        catch (JsonException)
        {
            return new ApiAnswer(statusCode, null);
        }
    }
}
