namespace ImaNanoBanana.Messages.Words;

/// <summary>A word of the vocabulary. Immutable.</summary>
/// <param name="Kind">How the word may be read in a sentence.</param>
/// <param name="Choice">What the word means; empty for words that are not choices.</param>
internal sealed record ChoiceWord(ChoiceWordKind Kind, ImageChoice Choice)
{
    public static ChoiceWord Other { get; } = new(ChoiceWordKind.Other, new ImageChoice());

    public bool IsChoice => Kind <= ChoiceWordKind.Number;

    /// <summary>Whether a phrase of choices may contain the word.</summary>
    public bool IsFiller => Kind is >= ChoiceWordKind.In and <= ChoiceWordKind.Joint;
}
