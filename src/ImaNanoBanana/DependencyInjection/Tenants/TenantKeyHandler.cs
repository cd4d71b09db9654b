using System.Net;
using ImaNanoBanana.Errors;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>
/// The outermost handler of a tenant's requests: attaches the tenant's key to each of them, for the wire handler that all tenants share.
/// </summary>
internal sealed class TenantKeyHandler(TenantKey key) : DelegatingHandler
{
    /// <summary>A response that rejects a key is short. Longer responses need not be read for it.</summary>
    private const int LongestRejection = 2048;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var settings = await key.GetAsync(cancellationToken).ConfigureAwait(false);
        settings.AttachTo(request);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (await RejectsKeyAsync(response, cancellationToken).ConfigureAwait(false))
        {
            key.Reject(settings);
        }

        return response;
    }

    /// <summary>The service rejects a key with the HTTP status or with the code in the body.</summary>
    private static async ValueTask<bool> RejectsKeyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return true;
        }

        if (response.Content.Headers.ContentLength is not <= LongestRejection)
        {
            return false;
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        using var answer = ApiAnswer.Read((int)response.StatusCode, body);
        return answer.Code.IsFailure && answer.Code.Effective(answer.Message) is ServiceCode.Unauthorized or ServiceCode.Forbidden;
    }
}
