using System.Text.Json.Serialization;
using System.Text.Json;
using ImaNanoBanana.Results;

namespace ImaNanoBanana;

/// <summary>
/// Represents a charged task: the data that any process needs to watch it, and details about it. Immutable. It contains neither
/// the API key nor the prompt, so you can store and log it.
/// </summary>
/// <remarks>The JSON of a task is its handle (<see cref="ToHandle"/>).</remarks>
/// <param name="Id">The id of the task in the service.</param>
[JsonConverter(typeof(ImageResultsJsonConverter))]
public sealed record ImageTask(string Id)
{
    /// <summary>The type of the task, or null if it is unknown.</summary>
    public ImageTaskType? TaskType { get; init; }

    /// <summary>The model that was submitted, or null if it is unknown.</summary>
    public ImageModel? Model { get; init; }

    /// <summary>The display name of the model, as the product list gives it.</summary>
    public string? ModelName { get; init; }

    /// <summary>The size that was submitted; null if the model has no sizes.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>The aspect ratio that was submitted; null if the model has no aspect ratios.</summary>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>The price of one image in credits, exactly as it was submitted.</summary>
    public decimal? CreditsPerImage { get; init; }

    /// <summary>The number of images that were submitted.</summary>
    public int? Count { get; init; }

    /// <summary>Gets the price of all images in credits.</summary>
    public decimal? Credits => CreditsPerImage * (Count ?? 1);

    /// <summary>The shortest time that the model is expected to take.</summary>
    public TimeSpan? MinExpectedDuration { get; init; }

    /// <summary>The longest time that the model is expected to take.</summary>
    public TimeSpan? MaxExpectedDuration { get; init; }

    /// <summary>The time at which the create request was sent, by the clock of the machine that sent it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The differences between the request and the submission.</summary>
    public IReadOnlyList<ImageAdjustment> Adjustments { get; init; } = [];

    /// <summary>
    /// The idempotency key of the submission: the caller's (<see cref="ImageRequest.IdempotencyKey"/>) or one that the SDK created
    /// for the call. Logs, errors and the journal use the same key.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// The trace and span in which the request was submitted, as a W3C <c>traceparent</c>; null if there was none. A watch in
    /// another process can link to it.
    /// </summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// True if the task was charged but could not be recorded in the journal. After a crash, the journal will not contain the task,
    /// so save the handle. This value describes a single call and is not part of the handle.
    /// </summary>
    public bool JournalFailed { get; init; }

    /// <summary>The time at which the end of the task was delivered, if the journal knows it. Not part of the handle.</summary>
    internal DateTimeOffset? EndedAt { get; init; }

    /// <summary>Compares two tasks. Tasks are equal if their handles are equal.</summary>
    /// <param name="other">Another task, or null.</param>
    /// <returns>True if all data that a handle contains is equal.</returns>
    public bool Equals(ImageTask? other) =>
        ReferenceEquals(this, other) || (other is not null && Id == other.Id && ToHandle() == other.ToHandle());

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <summary>
    /// Converts the task to one line of JSON that you can store anywhere and read with <see cref="FromHandle"/> in any process.
    /// </summary>
    /// <returns>Versioned JSON text without the API key and the prompt.</returns>
    public string ToHandle() => JsonSerializer.Serialize(ImageTaskHandle.FromTask(this), ImageTaskJsonContext.Default.ImageTaskHandle);

    /// <summary>
    /// Reads a handle. Unknown members are ignored. Members that are missing or cannot be read are left out, except the id, which
    /// is required.
    /// </summary>
    /// <param name="handle">The text that <see cref="ToHandle"/> returned, in this or another version of the SDK.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handle"/> is null.</exception>
    /// <exception cref="FormatException">The text is not a handle: it is not a JSON object, or it has no id.</exception>
    public static ImageTask FromHandle(string handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return TryFromHandle(handle, out var task)
            ? task
            : throw new FormatException(
                "This is not a task handle. Expected the JSON text that ImageTask.ToHandle() returns: an object with an \"id\".");
    }

    /// <summary>Reads a handle like <see cref="FromHandle"/>, but returns false instead of throwing an exception.</summary>
    /// <param name="handle">The text, or null.</param>
    /// <param name="task">The task, if the text is a handle.</param>
    /// <returns>True if the text is a handle.</returns>
    public static bool TryFromHandle(string? handle, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ImageTask? task)
    {
        task = null;
        if (handle is null)
        {
            return false;
        }

        try
        {
            task = JsonSerializer.Deserialize(handle, ImageTaskJsonContext.Default.ImageTaskHandle)?.ToTask();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // The ArgumentException is thrown for text with an unpaired surrogate.
            return false;
        }

        return task is not null;
    }
}
