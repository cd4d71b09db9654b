namespace ImaNanoBanana;

/// <summary>Says what <see cref="ImageChoice.Extract"/> did with words that can mean a choice.</summary>
public enum ExtractedWordsState
{
    /// <summary>The words ask for a choice. They set the choice and are not in the prompt.</summary>
    Taken,

    /// <summary>
    /// The words may as well describe the image, such as <c>square</c> in "a square in Rome". They remain in the prompt and set
    /// nothing. Words that only come close to a choice, such as <c>vertical</c> or <c>1920x1080</c>, are reported like this, too.
    /// </summary>
    Unclear,

    /// <summary>The words ask for a choice, and other words ask for a different one. All of them remain in the prompt and set
    /// nothing.</summary>
    Contradictory,
}
