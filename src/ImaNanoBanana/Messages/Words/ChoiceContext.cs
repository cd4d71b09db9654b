namespace ImaNanoBanana.Messages.Words;

/// <summary>Says which kinds of words stand beside a choice.</summary>
[Flags]
internal enum ChoiceContext
{
    None = 0,
    In = 1,
    At = 2,
    With = 4,
    Noun = 8,
    Model = 16,
}
