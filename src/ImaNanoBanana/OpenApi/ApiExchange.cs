using ImaNanoBanana.Transport;

namespace ImaNanoBanana.OpenApi;

/// <summary>Sends one request and reads its answer, whole but bounded. A 429 slows the client.</summary>
internal static class ApiExchange
{
    public static async Task<ApiAnswer> SendAsync(
        HttpClient client, HttpRequestMessage request, RequestLimiter limiter, TimeProvider time, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        var body = await BodyAsync(response.Content, cancellationToken).ConfigureAwait(false);
        var answer = ApiAnswer.Read((int)response.StatusCode, body, RetryAfter.Of(response, time.GetUtcNow()));
        if (answer.IsRateLimit)
        {
            limiter.SlowDown(answer.RetryAfter);
        }

        return answer;
    }

    private static async Task<ArraySegment<byte>> BodyAsync(HttpContent content, CancellationToken cancellationToken) =>
        await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false) is MaskedStream { Position: 0 } masked
            ? masked.Body
            : await BoundedBody.ReadAsync(content, BoundedBody.MaxJsonBytes, cancellationToken).ConfigureAwait(false);
}
