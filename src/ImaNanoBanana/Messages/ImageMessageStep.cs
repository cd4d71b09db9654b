namespace ImaNanoBanana;

/// <summary>Specifies the step of the image generation that a message reports. The numeric values are fixed.</summary>
public enum ImageMessageStep
{
    /// <summary>The request was received. This message is sent immediately.</summary>
    Received = 0,

    /// <summary>
    /// The request is about to be submitted. The message contains the model, the expected time and the price. No credits are spent
    /// while this is the last message that you have received.
    /// </summary>
    Started = 1,

    /// <summary>The image is being generated. This message can occur several times or never.</summary>
    Generating = 2,

    /// <summary>The image is ready. This is the last message.</summary>
    Succeeded = 3,

    /// <summary>There is no image. The message contains the reason and a suggestion. This is the last message.</summary>
    Failed = 4,
}
