using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>Represents the result of a completed task: at least one image. Immutable.</summary>
/// <param name="Task">The task, with the model, the size and the price that were submitted.</param>
/// <param name="Images">The images, in the sequence that the service returns; never empty in a result that the SDK returns.</param>
[JsonConverter(typeof(ImageResultsJsonConverter))]
public sealed record ImageResult(ImageTask Task, IReadOnlyList<GeneratedImage> Images)
{
    /// <summary>
    /// The requested images that were not delivered. If this list is not empty, the task succeeded in part: the delivered images
    /// are in <see cref="Images"/>.
    /// </summary>
    public IReadOnlyList<ImageFailure> Failures { get; init; } = [];

    /// <summary>
    /// The number of requested images that the service had listed neither as ready nor as failed when the watch timed out.
    /// They are charged and may still appear: watch the task again. 0 in most results.
    /// </summary>
    public int MissingCount { get; init; }

    /// <summary>Gets the differences between the request and the submission.</summary>
    public IReadOnlyList<ImageAdjustment> Adjustments => Task.Adjustments;

    /// <summary>
    /// The time from the create request to the poll that found the task completed. For a repeated idempotency key, it is the time until
    /// the result was first delivered.
    /// </summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Gets the first image.</summary>
    /// <exception cref="InvalidOperationException">
    /// The result contains no image. This is possible only for a result that your own code created.
    /// </exception>
    public GeneratedImage Image => Images.Count > 0 ? Images[0] : throw new InvalidOperationException("The result contains no image.");
}
