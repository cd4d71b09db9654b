namespace ImaNanoBanana;

/// <summary>How far a generation has come.</summary>
public enum ImageStage
{
    /// <summary>Reading the product list and planning the order. Nothing is spent.</summary>
    Preparing = 0,

    /// <summary>The order is about to be sent; its price is known. Nothing is spent while this is the last item seen.</summary>
    Submitting = 1,

    /// <summary>The service accepted the order: the credits are spent and <see cref="ImageProgress.Task"/> is set.</summary>
    Accepted = 2,

    /// <summary>The service works on the images.</summary>
    Generating = 3,

    /// <summary>Finished: <see cref="ImageProgress.Result"/> is set, and this is the last item.</summary>
    Completed = 4,
}
