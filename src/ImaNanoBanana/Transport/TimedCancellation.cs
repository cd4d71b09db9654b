using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Transport;

/// <summary>
/// The only way to cancel a token source. It never throws: where a timer cancels, an exception ends the process, and elsewhere an
/// exception of a callback of the app would come between a caller and a charged task.
/// </summary>
internal static class TimedCancellation
{
    /// <summary>For a timer whose state is the source to cancel.</summary>
    public static readonly TimerCallback Callback = static source => Cancel((CancellationTokenSource)source!);

    /// <summary>
    /// Cancels, and runs the callbacks before it returns. A disposed source has nothing left to cancel (disposing a timer does not wait
    /// for a callback that has begun).
    /// </summary>
    public static void Cancel(CancellationTokenSource source) => AppCallback.Invoke(source, static source => source.Cancel());

    /// <summary>
    /// Cancels a source whose token the app has. The token is cancelled at once; the callbacks run on another thread, because one that
    /// blocks would hold the caller.
    /// </summary>
    public static void Begin(CancellationTokenSource source) => _ = BeginAsync(source);

    [SuppressMessage("Design", "CA1031", Justification = "A callback of the app may throw anything, and nobody is left to tell.")]
    private static async Task BeginAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // There is nowhere to report the exception.
        }
    }
}
