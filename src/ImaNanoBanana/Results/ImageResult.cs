namespace ImaNanoBanana;

/// <summary>What a finished task delivered: at least one image. A value.</summary>
/// <param name="Task">The task, with the model, the size and the price that were ordered.</param>
/// <param name="Images">The images, in the service's order; never empty in a result that the SDK returns.</param>
public sealed record ImageResult(ImageTask Task, IReadOnlyList<GeneratedImage> Images)
{
    /// <summary>
    /// The images that were ordered and not delivered. Not empty means a partial success: the delivered ones are in
    /// <see cref="Images"/>.
    /// </summary>
    public IReadOnlyList<ImageFailure> Failures { get; init; } = [];

    /// <summary>
    /// How many requested images the service had not listed when the watch's time was over, neither as ready nor as failed.
    /// They are charged and may still appear: watch the task again. 0 in most results.
    /// </summary>
    public int MissingCount { get; init; }

    /// <summary>What was ordered otherwise than asked for.</summary>
    public IReadOnlyList<ImageAdjustment> Adjustments => Task.Adjustments;

    /// <summary>Time from the create to the moment the SDK saw the finished task.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The first image.</summary>
    /// <exception cref="InvalidOperationException">The result holds no image, which only a hand-made result can.</exception>
    public GeneratedImage Image => Images.Count > 0 ? Images[0] : throw new InvalidOperationException("The result holds no image.");
}
