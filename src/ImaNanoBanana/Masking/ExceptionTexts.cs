using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Masking;

/// <summary>
/// Collects every text that an exception exposes to a log or a user: its own texts, those of its data and those of all inner exceptions.
/// </summary>
internal static class ExceptionTexts
{
    /// <summary>Deeper nesting cannot be read in reasonable time.</summary>
    private const int MostExceptions = 100;

    /// <returns>The texts, or null if an exception fails to provide them or holds a value whose text does not show all of it.</returns>
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "An app's own exception that fails to print itself must not hide the outcome of a request from the caller.")]
    public static List<string>? TryRead(Exception exception)
    {
        try
        {
            var texts = new List<string>();
            var open = new Stack<Exception>([exception]);
            for (var count = 0; open.TryPop(out var current); count++)
            {
                if (count == MostExceptions || !TryAdd(current, texts))
                {
                    return null;
                }

                foreach (
                    var inner in current is AggregateException several
                        ? several.InnerExceptions
                        : current.InnerException is { } only
                        ? [only]
                        : (IReadOnlyList<Exception>)[])
                {
                    open.Push(inner);
                }
            }

            return texts;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <returns>False if the exception carries an object, for example a request, whose members may hold anything.</returns>
    private static bool TryAdd(Exception exception, List<string> texts)
    {
        texts.Add(exception.ToString() ?? "");
        texts.Add(exception.Message ?? "");
        texts.Add(exception.HelpLink ?? "");
        texts.Add(exception.Source ?? "");
        foreach (DictionaryEntry entry in exception.Data)
        {
            foreach (var part in new[] { entry.Key, entry.Value })
            {
                if (part is not (null or Uri or Guid or TimeSpan or DateTimeOffset or IConvertible))
                {
                    return false;
                }

                texts.Add(part?.ToString() ?? "");
            }
        }

        return true;
    }
}
