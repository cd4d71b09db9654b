namespace ImaNanoBanana;

/// <summary>Specifies the stage of an image generation.</summary>
public enum ImageStage
{
    /// <summary>The SDK reads the product list and plans the submission. No credits are spent yet.</summary>
    Preparing = 0,

    /// <summary>
    /// Local images are about to be uploaded, and the price is known. Reported only if there are local images. No credits are
    /// spent yet.
    /// </summary>
    Uploading = 1,

    /// <summary>
    /// The request is about to be submitted, and its price is known. Reported again if the service rejects it and an adjusted
    /// request is about to be submitted; the change is in <see cref="ImageProgress.Adjustments"/>. No credits are spent while this
    /// is the last item that you have received.
    /// </summary>
    Submitting = 2,

    /// <summary>The service accepted the submission: the credits are spent, and <see cref="ImageProgress.Task"/> is set.</summary>
    Accepted = 3,

    /// <summary>The service is generating the images.</summary>
    Generating = 4,

    /// <summary>The task is completed: <see cref="ImageProgress.Result"/> is set, and this is the last item.</summary>
    Completed = 5,

    /// <summary>
    /// The task ended without an image: <see cref="ImageProgress.Error"/> is set. Only <see cref="IImaImageClient.GetStatusAsync"/>
    /// returns this stage; streams throw the error.
    /// </summary>
    Failed = 6,
}
