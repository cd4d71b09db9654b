using System.Drawing;
using ImaNanoBanana.Planning;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana;

/// <summary>Sets the aspect ratio and the size class of a request that are nearest to a pixel size. Pure.</summary>
internal static class PixelMapping
{
    /// <exception cref="ArgumentException">The width or the height is less than 1 pixel.</exception>
    public static void Check(ImageGenerationOptions? options)
    {
        if (options?.ImageSize is { } pixels && (pixels.Width <= 0 || pixels.Height <= 0))
        {
            throw new ArgumentException(
                $"ImageSize must be at least 1 pixel wide and high, not {Text(pixels)}. Nothing was submitted.", nameof(options));
        }
    }

    public static string Text(Size pixels) => FormattableString.Invariant($"{pixels.Width}x{pixels.Height}");

    /// <summary>The task type that the model must be offered for.</summary>
    public static ImageTaskType TaskType(ImageRequest submission) =>
        submission.TaskType ?? (submission.Images.Count > 0 ? ImageTaskType.ImageToImage : ImageTaskType.TextToImage);

    /// <param name="submission">The request.</param>
    /// <param name="pixels">The pixel size to approximate.</param>
    /// <param name="models">The models offered for the request's task type.</param>
    /// <exception cref="ImaException">The model is not offered, or it offers no ratio or size to map to.</exception>
    /// <exception cref="ArgumentException">The request sets a different ratio or size than the pixel size maps to.</exception>
    public static ImageRequest Applied(ImageRequest submission, Size pixels, IReadOnlyList<ImageModelInfo> models)
    {
        var model = submission.Model ?? ImageModel.NanoBanana2;
        var offer = models.LastOrDefault(
            info => info.Model == model && (submission.ModelVersion is { } version ? info.Version == version : info.IsCurrent))
            ?? throw Refused(
                ImaInvalidRequestReason.ModelVersion,
                "model_version",
                $"The product list does not offer '{submission.ModelVersion ?? model.Id}', so ImageSize cannot be mapped.",
                models.Select(info => submission.ModelVersion is null ? info.Model.Id : info.Version).Distinct());
        var ratio = NearestOffer.Ratio(pixels, offer.AspectRatios)
            ?? throw Refused(
                ImaInvalidRequestReason.AspectRatio,
                "aspect_ratio",
                $"{offer.Name} offers no aspect ratios that ImageSize can be mapped to. Leave ImageSize out.",
                offer.AspectRatios.Select(offered => offered.Value));
        var size = NearestOffer.SizeClass(pixels, offer.Sizes)
            ?? throw Refused(
                ImaInvalidRequestReason.Size,
                "size",
                $"{offer.Name} offers no sizes that ImageSize can be mapped to. Leave ImageSize out.",
                offer.Sizes.Select(offered => offered.Value));
        return submission with
        {
            AspectRatio = submission.AspectRatio is { } askedRatio && askedRatio != ratio
                ? throw Contradiction(pixels, ratio.Value, askedRatio.Value)
                : ratio,
            Size = submission.Size is { } askedSize && askedSize != size ? throw Contradiction(pixels, size.Value, askedSize.Value) : size,
        };
    }

    private static ArgumentException Contradiction(Size pixels, string mapped, string asked) =>
        new($"ImageSize {Text(pixels)} maps to {mapped}, but {asked} was requested too. Leave one of them out. Nothing was submitted.");

    private static ImaException Refused(ImaInvalidRequestReason refusal, string parameter, string message, IEnumerable<string> offered) =>
        new(
            ImaErrorKind.InvalidRequest,
            message + " Nothing was submitted.")
        { InvalidRequestReason = refusal, ParameterName = parameter, AllowedValues = [.. offered] };
}
