using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana;

/// <summary>
/// Represents a charged task as hosted content. A request with such content fetches the task's result, but only if its meaning is
/// clear: the content is alone, there is no prompt, and the response format is one that waits for the images. Every other request
/// with such content is rejected, so that a fetch never becomes a submission.
/// </summary>
[Experimental("MEAI001")]
internal static class HostedTask
{
    public static HostedFileContent FromTask(ImageTask task) => new(task.ToHandle())
    {
        MediaType = ImageMediaTypes.Any,
        CreatedAt = task.CreatedAt,
        RawRepresentation = task,
    };

    /// <returns>The task to fetch, or null if the request is a new submission.</returns>
    /// <exception cref="NotSupportedException">The request contains a hosted file but is not a clear fetch.</exception>
    public static ImageTask? ToFetch(string? prompt, IReadOnlyList<AIContent?> images, ImageGenerationResponseFormat format)
    {
        if (images.OfType<HostedFileContent>().FirstOrDefault() is not { } hosted)
        {
            return null;
        }

        if (images.Count > 1 || !string.IsNullOrWhiteSpace(prompt))
        {
            throw new NotSupportedException(
                "A HostedFileContent fetches the images of a task. It must then be the only original image, and the prompt must be "
                    + "empty. To edit such an image, fetch it first and pass its UriContent. Nothing was submitted.");
        }

        if (!ImageTask.TryFromHandle(hosted.FileId, out var task))
        {
            throw new NotSupportedException(
                "The HostedFileContent is not a task of this generator: its FileId is not a handle that ResponseFormat Hosted returned. "
                    + "Nothing was submitted.");
        }

        return format == ImageGenerationResponseFormat.Hosted
            ? throw new NotSupportedException(
                "Fetching a HostedFileContent returns its images. Use ResponseFormat Uri or Data. Nothing was submitted.")
            : task;
    }
}
