using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana;

/// <summary>
/// A bought task as hosted content. A request that brings one fetches its result, and only where it can mean nothing else:
/// the content alone, no prompt, and a response format that waits. Whatever else holds one is refused, so that fetching never
/// turns into an order.
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

    /// <returns>The task to fetch; null where the request is an order.</returns>
    /// <exception cref="NotSupportedException">The request holds a hosted file and is no clear fetch.</exception>
    public static ImageTask? ToFetch(string? prompt, IReadOnlyList<AIContent?> images, ImageGenerationResponseFormat format)
    {
        if (images.OfType<HostedFileContent>().FirstOrDefault() is not { } hosted)
        {
            return null;
        }

        if (images.Count > 1 || !string.IsNullOrWhiteSpace(prompt))
        {
            throw new NotSupportedException(
                "A HostedFileContent fetches the images of an order and must then be the only original image, without a prompt. To "
                    + "edit such an image, fetch it first and pass its UriContent. Nothing was ordered.");
        }

        if (!ImageTask.TryFromHandle(hosted.FileId, out var task))
        {
            throw new NotSupportedException(
                "The HostedFileContent is no task of this generator: its FileId is no handle that ResponseFormat Hosted gave. Nothing "
                    + "was ordered.");
        }

        return format == ImageGenerationResponseFormat.Hosted
            ? throw new NotSupportedException(
                "Fetching a HostedFileContent gives its images: use ResponseFormat Uri or Data. Nothing was ordered.")
            : task;
    }
}
