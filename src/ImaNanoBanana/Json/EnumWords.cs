namespace ImaNanoBanana.Json;

/// <summary>The words by which the values of an enum are stored. A word is never changed, whatever the value is named.</summary>
internal sealed class EnumWords<T>(params (T Value, string Word)[] words)
    where T : struct, Enum
{
    /// <exception cref="ArgumentOutOfRangeException">The value has no word, because it is not one of the enum.</exception>
    public string Write(T value) => Array.Find(words, entry => EqualityComparer<T>.Default.Equals(entry.Value, value)).Word
        ?? throw new ArgumentOutOfRangeException(nameof(value), value, $"This {typeof(T).Name} has no stored name.");

    /// <returns>The value; null for a word that this version does not know.</returns>
    public T? Read(string? word)
    {
        var known = Array.FindIndex(words, entry => entry.Word == word);
        return known < 0 ? null : words[known].Value;
    }
}
