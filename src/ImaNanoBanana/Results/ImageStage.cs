namespace ImaNanoBanana;

/// <summary>How far a generation has come.</summary>
public enum ImageStage
{
    /// <summary>Reading the product list and planning the order. Nothing is spent.</summary>
    Preparing = 0,

    /// <summary>Local images are about to be uploaded; the price is known. Only where there are some. Nothing is spent.</summary>
    Uploading = 1,

    /// <summary>
    /// The order is about to be sent; its price is known. Seen again when the service refused it and a changed order is about
    /// to be sent, with the change in <see cref="ImageProgress.Adjustments"/>. Nothing is spent while this is the last item seen.
    /// </summary>
    Submitting = 2,

    /// <summary>The service accepted the order: the credits are spent and <see cref="ImageProgress.Task"/> is set.</summary>
    Accepted = 3,

    /// <summary>The service works on the images.</summary>
    Generating = 4,

    /// <summary>Finished: <see cref="ImageProgress.Result"/> is set, and this is the last item.</summary>
    Completed = 5,

    /// <summary>
    /// The task ended without an image: <see cref="ImageProgress.Error"/> is set. Only <see cref="IImaImageClient.GetStatusAsync"/>
    /// returns this stage; streams throw the error.
    /// </summary>
    Failed = 6,
}
