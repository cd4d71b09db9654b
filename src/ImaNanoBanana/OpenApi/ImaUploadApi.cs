using ImaNanoBanana.Transport;

namespace ImaNanoBanana.OpenApi;

/// <summary>The upload token over HTTP.</summary>
internal sealed class ImaUploadApi(Func<HttpClient> clients, ImaNanoBananaOptions options, TimeProvider time, RequestLimiter limiter) : IImaUploadApi
{
    private readonly SafeRequests _requests = new(options, time, limiter, options.ReadTimeout, options.ReadAttemptTimeout);

    public Task<ApiAnswer> GetUploadTokenAsync(string suffix, string mediaType, CancellationToken cancellationToken) =>
        _requests.SendAsync(
            async token =>
            {
                // The form holds the key, so the wire handler makes it.
                using var request = SdkRequest.Create(HttpMethod.Post, ImaHosts.UploadTokenAddress);
                request.Options.Set(UploadTokenForm.OptionsKey, new UploadTokenForm(suffix, mediaType));
                return await ApiExchange.SendAsync(clients(), request, limiter, time, token).ConfigureAwait(false);
            },
            cancellationToken);
}
