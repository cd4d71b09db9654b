using ImaNanoBanana.Messages;

namespace ImaNanoBanana;

/// <summary>
/// Provides texts about an error that you can show to users. <see cref="Exception.Message"/> is for developers and logs.
/// </summary>
public static class ImaExceptionExtensions
{
    /// <summary>
    /// Gets the reason why there is no image and a suggestion for the user who waits for it, without codes and technical words.
    /// </summary>
    /// <param name="exception">The error.</param>
    /// <param name="language">The language; English by default. English is also used for a language without texts.</param>
    /// <returns>The reason and the suggestion.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public static ImaAdvice GetAdvice(this ImaException exception, ImaLanguage language = default)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return LanguageTexts.ForLanguage(language).AdviceOn(exception);
    }
}
