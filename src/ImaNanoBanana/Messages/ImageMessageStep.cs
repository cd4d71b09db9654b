namespace ImaNanoBanana;

/// <summary>Which step of an image a message is about (wire contract, vocabulary). The numbers are the contract's.</summary>
public enum ImageMessageStep
{
    /// <summary>The wish was heard. At once.</summary>
    Received = 0,

    /// <summary>
    /// The order is about to be sent: model, expected time and price. Nothing is spent while this is the last message seen.
    /// </summary>
    Started = 1,

    /// <summary>The image is being made. May come several times, or never.</summary>
    Generating = 2,

    /// <summary>The image is ready. The last message.</summary>
    Succeeded = 3,

    /// <summary>There is no image, with the reason and what to do. The last message.</summary>
    Failed = 4,
}
