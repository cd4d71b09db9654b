using System.Net;
using System.Text;

namespace ImaNanoBanana.Testing;

/// <summary>Creates the HTTP responses of the simulator.</summary>
internal static class SimulatedResponse
{
    public static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    };

    /// <summary>The response that a fault says, instead of the normal one.</summary>
    public static HttpResponseMessage Faulty(SimulatedFault fault, int status)
    {
        var response =
            new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(fault.Body, Encoding.UTF8, fault.ContentType) };
        if (fault.RetryAfter is { } retryAfter)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    }

    /// <summary>Announces the length of the whole body, as a server does that fails later.</summary>
    public static async Task<HttpContent> TruncatedAsync(HttpContent whole, CancellationToken cancellationToken)
    {
        var bytes = await whole.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var half = new StreamContent(new TruncatedStream(bytes));
        half.Headers.ContentType = whole.Headers.ContentType;
        half.Headers.ContentLength = bytes.Length;
        whole.Dispose();
        return half;
    }
}
