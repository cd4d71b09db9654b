using ImaNanoBanana.Catalog;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Planning;

/// <summary>
/// Checks the source images and their number: image_to_image needs at least one, and text_to_image takes none. Pure.
/// </summary>
internal static class InputRules
{
    private const string Parameter = "images";

    /// <exception cref="ImaException">The images cannot be used.</exception>
    public static void Check(ImageTaskType taskType, ProductVersion version, IReadOnlyList<InputDetails> inputs)
    {
        if (taskType != ImageTaskType.ImageToImage)
        {
            if (inputs.Count > 0)
            {
                throw Refused($"{taskType} takes no source images. Images given: {inputs.Count}.");
            }

            return;
        }

        // The service requires at least one image, whatever the list says.
        var least = Math.Max(1, version.MinImages ?? 1);
        if (inputs.Count < least || inputs.Count > version.MaxImages)
        {
            var most = version.MaxImages is { } limit ? $" to {limit}" : " or more";
            throw Refused(
                $"{version.Name} takes {least}{most} source images. Images given: {inputs.Count}.",
                inputs.Count == 0 ? AdviceCause.NoImage : AdviceCause.Images);
        }

        CheckUsable(inputs);
    }

    /// <exception cref="ImaException">One of the images cannot be used.</exception>
    public static void CheckUsable(IReadOnlyList<InputDetails> inputs)
    {
        if (inputs.FirstOrDefault(input => input.Problem is not null) is { } bad)
        {
            throw Refused($"The image {RequestErrors.Quoted(bad.Name)} {bad.Problem}.", bad.Cause);
        }
    }

    /// <summary>Checks that an image can be read now and again for the upload.</summary>
    /// <exception cref="ImaException">The image is a stream that cannot seek.</exception>
    public static void CheckRepeatable(ImageInput image)
    {
        if (image is LocalImageStream { CanSeek: false })
        {
            throw Refused("A stream that cannot seek can be read only once. Read it into memory, and use ImageInput.FromBytes.");
        }
    }

    private static ImaException Refused(string message, AdviceCause cause = AdviceCause.Images) =>
        RequestErrors.Create(ImaInvalidRequestReason.Images, Parameter, message, imageCause: cause);
}
