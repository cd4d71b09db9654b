using ImaNanoBanana.Catalog;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Planning;

/// <summary>How many images to work from, and which (careful client, section 1, rule 12). Pure.</summary>
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
                throw Refused($"{taskType} works from no images, and {inputs.Count} were given.");
            }

            return;
        }

        // The service works from at least one, whatever the list says.
        var least = Math.Max(1, version.MinImages ?? 1);
        if (inputs.Count < least || inputs.Count > version.MaxImages)
        {
            var most = version.MaxImages is { } limit ? $" to {limit}" : " or more";
            throw Refused(
                $"{version.Name} works from {least}{most} images, and {inputs.Count} were given.",
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

    private static ImaException Refused(string message, AdviceCause cause = AdviceCause.Images) =>
        RequestErrors.Create(ImaInvalidRequestReason.Images, Parameter, message, imageCause: cause);
}
