using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;
using Refit;

namespace ImaNanoBanana.OpenApi;

/// <summary>Defines the endpoint of <c>https://imapi.liveme.com</c>.</summary>
[Headers(ApiHeaders.UserAgent, ApiHeaders.Accept)]
internal interface IImaUploadApi
{
    /// <summary>Requests an upload token.</summary>
    /// <param name="form">Describes what will be uploaded. The form itself contains the API key, so the wire handler creates it.</param>
    /// <param name="call">The time limits of the call, and whether it is safe to repeat.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response, whatever its status; the caller disposes it.</returns>
    [Post("/api/rest/oss/getuploadtoken")]
    Task<HttpResponseMessage> GetUploadTokenAsync(
        [Property(UploadTokenForm.OptionName)] UploadTokenForm form,
        [Property(ReadCall.OptionName)] ReadCall call,
        CancellationToken cancellationToken);
}
