using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Format = Microsoft.Extensions.AI.ImageGenerationResponseFormat;

namespace ImaNanoBanana;

/// <summary>Chooses the format of a response. Pure.</summary>
[Experimental("MEAI001")]
internal static class ResponseFormats
{
    /// <param name="requested">The format that the options request, or null.</param>
    /// <param name="isImageGeneratingChat">Whether <c>UseImageGeneration</c> makes the request, which delivers only bytes.</param>
    /// <exception cref="NotSupportedException">The format is unknown, or the charged image would not reach the app.</exception>
    public static Format Choose(Format? requested, bool isImageGeneratingChat)
    {
        var format = requested ?? (isImageGeneratingChat ? Format.Data : Format.Uri);
        if (format is not (Format.Uri or Format.Data or Format.Hosted))
        {
            throw new NotSupportedException($"ResponseFormat {format} is not supported. Use Uri, Data or Hosted. Nothing was submitted.");
        }

        return isImageGeneratingChat && format != Format.Data
            ? throw new NotSupportedException(
                $"UseImageGeneration delivers only images of ResponseFormat Data, and the options request {format}: the charged image "
                    + "would be lost. Leave ResponseFormat out or set it to Data. Nothing was submitted.")
            : format;
    }
}
