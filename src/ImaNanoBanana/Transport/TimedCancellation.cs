namespace ImaNanoBanana.Transport;

/// <summary>Cancels from a timer, where no caller can catch an exception: an exception that is thrown there ends the process.</summary>
internal static class TimedCancellation
{
    /// <summary>For a timer whose state is the source to cancel.</summary>
    public static readonly TimerCallback Callback = static source => Cancel((CancellationTokenSource)source!);

    /// <summary>
    /// Cancels without throwing: no caller could catch an exception of the app's callbacks, and a disposed source has nothing left to
    /// cancel (disposing a timer does not wait for a callback that has begun).
    /// </summary>
    public static void Cancel(CancellationTokenSource source) => AppCallback.Invoke(source, static source => source.Cancel());
}
