namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>An app's handler that keeps whole requests and responses, with bodies and options.</summary>
internal sealed class HandlerSpy(Recording recording) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await AddAsync(request, cancellationToken);
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            recording.Add(LeakChannel.Handler, $"{response} {response.TrailingHeaders}");
            if (response.RequestMessage is { } answered)
            {
                await AddAsync(answered, cancellationToken);
            }

            // Images are streamed and not kept.
            if (response.Content.Headers.ContentType?.MediaType?.StartsWith("image/", StringComparison.Ordinal) is not true)
            {
                recording.Add(LeakChannel.Handler, await response.Content.ReadAsByteArrayAsync(cancellationToken));
            }

            return response;
        }
        catch (Exception exception)
        {
            recording.Add(LeakChannel.Handler, exception.ToString());
            throw;
        }
    }

    private async Task AddAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        recording.Add(LeakChannel.Handler, $"{request} {string.Join(' ', request.Options.Select(option => ObjectText.Of(option.Value)))}");
        if (request.Content is { } content)
        {
            recording.Add(LeakChannel.Handler, await content.ReadAsByteArrayAsync(cancellationToken));
        }
    }
}
