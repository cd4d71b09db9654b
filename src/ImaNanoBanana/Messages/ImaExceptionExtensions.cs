using ImaNanoBanana.Messages;

namespace ImaNanoBanana;

/// <summary>Texts for people about an error. <see cref="Exception.Message"/> is for developers and logs.</summary>
public static class ImaExceptionExtensions
{
    /// <summary>Says why there is no image and what the person who waits for it can do, without codes and technical words.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="language">English by default. A language without texts of its own gets English.</param>
    /// <returns>The reason and the suggestion.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public static ImaAdvice GetAdvice(this ImaException exception, ImaLanguage language = default)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return LanguageTexts.ForLanguage(language).AdviceOn(exception);
    }
}
