using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;
using Refit;

namespace ImaNanoBanana.OpenApi;

/// <summary>The endpoint of <c>https://imapi.liveme.com</c>.</summary>
[Headers(ApiHeaders.UserAgent, ApiHeaders.Accept)]
internal interface IImaUploadApi
{
    /// <summary>Requests an upload token.</summary>
    /// <param name="form">What will be uploaded. The form itself holds the key, so the wire handler makes it.</param>
    /// <param name="call">The time limits of the call, and that it is safe to repeat.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer, whatever its status; the caller disposes it.</returns>
    [Post("/api/rest/oss/getuploadtoken")]
    Task<HttpResponseMessage> GetUploadTokenAsync(
        [Property(UploadTokenForm.OptionName)] UploadTokenForm form,
        [Property(ReadCall.OptionName)] ReadCall call,
        CancellationToken cancellationToken);
}
