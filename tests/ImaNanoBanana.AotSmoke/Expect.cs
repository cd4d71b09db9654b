using System.Runtime.CompilerServices;

namespace ImaNanoBanana.AotSmoke;

/// <summary>Checks that answers are as expected.</summary>
internal static class Expect
{
    public static void That(bool holds, [CallerArgumentExpression(nameof(holds))] string? what = null)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"It does not hold that {what}.");
        }
    }

    /// <summary>Compares texts: the text of a tuple or record is enough here and needs no comparer.</summary>
    public static void Equal(FormattableString expected, FormattableString actual)
    {
        var (wanted, found) = (FormattableString.Invariant(expected), FormattableString.Invariant(actual));
        if (wanted != found)
        {
            throw new InvalidOperationException($"Expected {wanted} and found {found}.");
        }
    }

    public static async Task<T> ThrowsAsync<T>(Func<Task> work)
        where T : Exception
    {
        try
        {
            await work();
        }
        catch (T exception)
        {
            return exception;
        }

        throw new InvalidOperationException($"Expected a {typeof(T).Name}.");
    }
}
