namespace ImaNanoBanana;

/// <summary>Represents words of a text that mean, or can mean, a choice. Immutable.</summary>
/// <param name="Text">The words as they stand in the text, including words such as <c>in</c> or <c>用</c> that belong to them.</param>
/// <param name="Position">
/// The position of their first character in the text, in UTF-16 code units from 0. They are as long as <paramref name="Text"/>.
/// </param>
/// <param name="Meaning">What the words mean. Properties that they do not specify are null.</param>
/// <param name="State">Whether the words set the choice.</param>
public sealed record ExtractedWords(string Text, int Position, ImageChoice Meaning, ExtractedWordsState State);
