namespace ImaNanoBanana.JournalWorker;

/// <summary>Reports the steps on the wire: the server has done its work, and the client does not know it yet.</summary>
internal sealed class SteppedHandler(HttpMessageHandler inner, Steps steps) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var step = request.RequestUri!.AbsolutePath switch
        {
            "/open/v1/tasks/create" => "body-sent",
            "/open/v1/tasks/detail" => "watching",
            _ when request.RequestUri.Host == "ima-ga.esxscloud.com" => "downloading",
            _ => null,
        };
        if (step is not null)
        {
            await steps.ReachAsync(step);
        }

        return response;
    }
}
