namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>An app's own primary handler whose errors print the request that it could not send, with headers and body.</summary>
internal sealed class TalkativeHandler(string path) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.AbsolutePath.EndsWith(path, StringComparison.Ordinal))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        throw new HttpRequestException($"No route for {request} {body}");
    }
}
