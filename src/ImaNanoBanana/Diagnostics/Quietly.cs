using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Diagnostics;

/// <summary>What an app's listener throws must not come between the caller and what was bought.</summary>
internal static class Quietly
{
    [SuppressMessage("Design", "CA1031", Justification = "Listeners may throw anything, and the order that they are told of goes on.")]
    public static void Tell<T>(T what, Action<T> listeners)
    {
        try
        {
            listeners(what);
        }
        catch (Exception)
        {
            // There is nowhere to tell it.
        }
    }
}
