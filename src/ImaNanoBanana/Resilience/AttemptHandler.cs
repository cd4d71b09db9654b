namespace ImaNanoBanana.Resilience;

/// <summary>
/// Stands below the resilience handler and above the handlers of an app: makes each attempt at a call that spends nothing wait
/// its turn and end in time. A create passes.
/// </summary>
internal sealed class AttemptHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        ReadCall.Find(request) is { } call
            ? call.AttemptAsync(request, base.SendAsync, cancellationToken)
            : base.SendAsync(request, cancellationToken);
}
