using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Transport;

/// <summary>
/// The one way to call code of an app that must not come between a caller and what was charged: progress reports, listeners of
/// spans and metrics, loggers, callbacks of cancellations.
/// </summary>
internal static class AppCallback
{
    [SuppressMessage("Design", "CA1031", Justification = "An app's code may throw anything, and the task that it is told of goes on.")]
    public static void Invoke<TState>(TState state, Action<TState> callback)
    {
        try
        {
            callback(state);
        }
        catch (Exception)
        {
            // There is nowhere to report it.
        }
    }

    /// <returns>What the app's code says; the fallback where it throws.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "An app's code may throw anything, and the task that it is asked about goes on.")]
    public static TResult Read<TState, TResult>(TState state, Func<TState, TResult> callback, TResult fallback)
    {
        try
        {
            return callback(state);
        }
        catch (Exception)
        {
            return fallback;
        }
    }
}
