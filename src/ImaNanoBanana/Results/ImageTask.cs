using System.Text.Json;
using ImaNanoBanana.Results;

namespace ImaNanoBanana;

/// <summary>
/// A bought task: what is needed to watch it in any process, and what is worth knowing about it. A value; it holds
/// neither the key nor the prompt, so it may be stored and logged.
/// </summary>
/// <param name="Id">The service's id of the task.</param>
public sealed record ImageTask(string Id)
{
    /// <summary>What the task does, where it is known.</summary>
    public ImageTaskType? TaskType { get; init; }

    /// <summary>The model that was ordered, where it is known.</summary>
    public ImageModel? Model { get; init; }

    /// <summary>The model's name for people, as the product list gave it.</summary>
    public string? ModelName { get; init; }

    /// <summary>The size that was ordered, where the model has sizes.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>The ratio that was ordered, where the model has ratios.</summary>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>The price of one image in credits, exactly as it was ordered.</summary>
    public decimal? CreditsPerImage { get; init; }

    /// <summary>How many images were ordered.</summary>
    public int? Count { get; init; }

    /// <summary>The price of all images in credits.</summary>
    public decimal? Credits => CreditsPerImage * (Count ?? 1);

    /// <summary>The shortest time the model is expected to take.</summary>
    public TimeSpan? MinExpectedDuration { get; init; }

    /// <summary>The longest time the model is expected to take.</summary>
    public TimeSpan? MaxExpectedDuration { get; init; }

    /// <summary>When the create was sent, by the clock of the machine that sent it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What was ordered otherwise than asked for.</summary>
    public IReadOnlyList<ImageAdjustment> Adjustments { get; init; } = [];

    /// <summary>
    /// The key of the purchase: the caller's (<see cref="ImageRequest.IdempotencyKey"/>), or one that was made for the call.
    /// The same in logs, errors and the journal.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// The trace and span that the order was placed in, as a W3C <c>traceparent</c>; null where there was none. A watch in
    /// another process can link to it.
    /// </summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// True when the task was bought and the journal could not be told: after a crash the journal will not know it, so keep
    /// the handle. Says something about one call and is no part of the handle.
    /// </summary>
    public bool JournalFailed { get; init; }

    /// <summary>Tasks are equal when their handles are.</summary>
    /// <param name="other">Another task, or null.</param>
    /// <returns>Whether everything that a handle holds is equal.</returns>
    public bool Equals(ImageTask? other) =>
        ReferenceEquals(this, other) || (other is not null && Id == other.Id && ToHandle() == other.ToHandle());

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <summary>The task as one line of JSON, to be stored anywhere and read by <see cref="FromHandle"/> in any process.</summary>
    /// <returns>Versioned JSON text, without key and prompt.</returns>
    public string ToHandle() => JsonSerializer.Serialize(ImageTaskHandle.FromTask(this), ImageTaskJsonContext.Default.ImageTaskHandle);

    /// <summary>
    /// Reads a handle. Tolerant: unknown members are ignored, and members that are missing or cannot be read are left
    /// out, all but the id.
    /// </summary>
    /// <param name="handle">What <see cref="ToHandle"/> wrote, in this or another version of the SDK.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handle"/> is null.</exception>
    /// <exception cref="FormatException">The text is no handle: no JSON object, or without an id.</exception>
    public static ImageTask FromHandle(string handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return TryFromHandle(handle, out var task)
            ? task
            : throw new FormatException(
                "This is no task handle: expected the JSON text that ImageTask.ToHandle() wrote, an object with an \"id\".");
    }

    /// <summary>Reads a handle like <see cref="FromHandle"/>, without an exception.</summary>
    /// <param name="handle">The text, or null.</param>
    /// <param name="task">The task when the text is a handle.</param>
    /// <returns>Whether it is.</returns>
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
            // An ArgumentException for text that is none: half of a surrogate pair.
            return false;
        }

        return task is not null;
    }
}
