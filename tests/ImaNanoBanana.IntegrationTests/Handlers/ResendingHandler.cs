namespace ImaNanoBanana.IntegrationTests.Handlers;

/// <summary>An app's handler that resends a request after any exception and any 5xx.</summary>
internal sealed class ResendingHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if ((int)response.StatusCode < 500 || attempt == 3)
                {
                    return response;
                }
            }
            catch (Exception) when (attempt < 3)
            {
                // Send it again.
            }
        }
    }
}
