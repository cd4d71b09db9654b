namespace ImaNanoBanana.Resilience;

/// <summary>
/// Stands below the resilience handler and above the app's handlers. Makes each attempt of a call that spends no credits wait for the
/// request gate and end within its time limit. A create request passes through.
/// </summary>
internal sealed class AttemptHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        ReadCall.Find(request) is { } call
            ? call.AttemptAsync(request, base.SendAsync, cancellationToken)
            : base.SendAsync(request, cancellationToken);
}
