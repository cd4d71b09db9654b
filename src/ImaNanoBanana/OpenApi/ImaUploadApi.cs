using ImaNanoBanana.Transport;
using Polly;

namespace ImaNanoBanana.OpenApi;

/// <summary>The upload token over HTTP.</summary>
internal sealed class ImaUploadApi(Func<HttpClient> clients, ImaNanoBananaOptions options, TimeProvider time) : IImaUploadApi
{
    private readonly ResiliencePipeline<ApiAnswer> _pipeline = SafeRequests.Pipeline(options, time);

    public async Task<ApiAnswer> GetUploadTokenAsync(string suffix, string mediaType, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(
            async token =>
            {
                // The form holds the key, so the wire handler makes it.
                using var request = SdkRequest.Create(HttpMethod.Post, ImaHosts.UploadTokenAddress);
                request.Options.Set(UploadTokenForm.OptionsKey, new UploadTokenForm(suffix, mediaType));
                using var response = await clients().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
                var body = await BoundedBody.ReadAsync(response.Content, BoundedBody.MaxJsonBytes, token).ConfigureAwait(false);
                return ApiAnswer.Read((int)response.StatusCode, body);
            },
            cancellationToken).AsTask().WaitAsync(options.ReadTimeout, time, cancellationToken).ConfigureAwait(false);
}
