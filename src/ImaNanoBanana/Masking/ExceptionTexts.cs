using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Masking;

/// <summary>Every text that an exception carries to whoever logs or shows it: its own, those of its data and of all inner ones.</summary>
internal static class ExceptionTexts
{
    /// <summary>What is nested deeper cannot be read in reasonable time.</summary>
    private const int MostExceptions = 100;

    /// <returns>The texts; null where an exception fails to give them, or holds what has no text that shows all of it.</returns>
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "An app's own exception that fails to print itself must not come between the caller and what became of a request.")]
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

    /// <returns>False where the exception carries an object, a request for example, whose members may hold anything.</returns>
    private static bool TryAdd(Exception exception, List<string> texts)
    {
        texts.Add(exception.ToString());
        texts.Add(exception.Message);
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
