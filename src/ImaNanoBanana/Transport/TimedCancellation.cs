namespace ImaNanoBanana.Transport;

/// <summary>Cancelling from a timer, where nobody is above to catch anything: what is thrown there ends the process.</summary>
internal static class TimedCancellation
{
    /// <summary>For a timer whose state is the source to cancel.</summary>
    public static readonly TimerCallback Callback = static source => Cancel((CancellationTokenSource)source!);

    public static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Disposing a timer does not wait for a callback that has begun: what it was to end is over.
        }
        catch (AggregateException)
        {
            // An app's own callbacks.
        }
    }
}
