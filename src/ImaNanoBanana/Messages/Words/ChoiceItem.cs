namespace ImaNanoBanana.Messages.Words;

/// <summary>A word of a sentence with its position.</summary>
/// <param name="Word">The word of the vocabulary; <see cref="ChoiceWord.Other"/> for any other word.</param>
/// <param name="Start">The position of its first character.</param>
/// <param name="End">The position after its last character.</param>
/// <param name="IsChinese">Whether it is written in Chinese characters.</param>
/// <param name="IsContinuous">Whether only white space, or nothing, separates it from the word before it.</param>
internal readonly record struct ChoiceItem(ChoiceWord Word, int Start, int End, bool IsChinese, bool IsContinuous)
{
    public ChoiceWordKind Kind => Word.Kind;

    public bool IsChoice => Word.IsChoice;

    public ImageChoice Choice => Word.Choice;
}
