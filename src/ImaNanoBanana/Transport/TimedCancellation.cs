namespace ImaNanoBanana.Transport;

/// <summary>Cancelling from a timer, where nobody is above to catch anything: what is thrown there ends the process.</summary>
internal static class TimedCancellation
{
    /// <summary>For a timer whose state is the source to cancel.</summary>
    public static readonly TimerCallback Callback = static source => Cancel((CancellationTokenSource)source!);

    /// <summary>
    /// Cancels without throwing: what an app's callbacks throw has nobody above to catch it, and a source that is disposed has
    /// nothing left to end (disposing a timer does not wait for a callback that has begun).
    /// </summary>
    public static void Cancel(CancellationTokenSource source) => AppCallback.Invoke(source, static source => source.Cancel());
}
