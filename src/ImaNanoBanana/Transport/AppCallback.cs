using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Transport;

/// <summary>
/// The only way to call code of the app that must not come between a caller and a charged task: progress reports, listeners of spans
/// and metrics, loggers, cancellation callbacks, and the messages of exceptions.
/// </summary>
internal static class AppCallback
{
    [SuppressMessage("Design", "CA1031", Justification = "An app's code may throw anything, and the task that it observes continues.")]
    public static void Invoke<TState>(TState state, Action<TState> callback)
    {
        try
        {
            callback(state);
        }
        catch (Exception)
        {
            // There is nowhere to report the exception.
        }
    }

    /// <returns>
    /// The message of an exception that code of the app may have thrown; the name of its type if it has no message or throws instead.
    /// </returns>
    public static string Message(Exception exception) =>
        Read<Exception, string?>(exception, static exception => exception.Message, null) ?? exception.GetType().ToString();

    /// <returns>The result of the app's code; the fallback if the code throws.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "An app's code may throw anything, and the task that it describes continues.")]
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
