using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.Media;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Client.Saving;

/// <summary>
/// Represents what a file says about its request, version 1. Members are only added. It contains neither keys, tags and limits, nor the
/// URLs of source images, which may be signed.
/// </summary>
internal sealed class EmbeddedRequestDocument
{
    private const int CurrentVersion = 1;
    private const string PromptKeyword = "Description";
    private const string RequestKeyword = "ImaNanoBanana";

    /// <summary>The text is read by people too, so that only the characters of JSON itself are escaped.</summary>
    private static readonly EmbeddedRequestJsonContext Json = new(new JsonSerializerOptions(EmbeddedRequestJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    [JsonPropertyName("v")]
    public int Version { get; init; } = CurrentVersion;

    public required string Prompt { get; init; }

    public ImageModel? Model { get; init; }

    public string? ModelVersion { get; init; }

    public ImageSize? Size { get; init; }

    public AspectRatio? AspectRatio { get; init; }

    public Dictionary<string, JsonElement>? Parameters { get; init; }

    /// <summary>Creates the text chunks of a PNG: the prompt, and the request as JSON.</summary>
    /// <param name="request">The request.</param>
    /// <param name="image">The image, which has the size and the ratio that were submitted.</param>
    /// <exception cref="ArgumentException">The request cannot be written as text.</exception>
    public static byte[] Chunks(ImageRequest request, GeneratedImage image)
    {
        if (request is not { Prompt: not null, Parameters: not null } || !ImagePlanner.IsWhole(request.Prompt))
        {
            throw new ArgumentException(
                "The embedded request has no prompt or no parameters, or its prompt contains half of a surrogate pair. Nothing was "
                    + "downloaded.",
                nameof(request));
        }

        var document = new EmbeddedRequestDocument
        {
            Prompt = request.Prompt,
            Model = ImagePlanner.Model(request),
            ModelVersion = request.ModelVersion,
            Size = image.RequestedSize ?? request.Size,
            AspectRatio = image.RequestedAspectRatio ?? request.AspectRatio,
            Parameters = Given(request.Parameters),
        };
        return
        [
            .. PngText.Chunk(PromptKeyword, request.Prompt),
            .. PngText.Chunk(RequestKeyword, JsonSerializer.Serialize(document, Json.EmbeddedRequestDocument)),
        ];
    }

    private static Dictionary<string, JsonElement>? Given(IReadOnlyDictionary<string, JsonElement> parameters)
    {
        var given = parameters
            .Where(static parameter => parameter.Value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            .ToDictionary(static parameter => parameter.Key, static parameter => parameter.Value, StringComparer.Ordinal);
        return given.Count == 0 ? null : given;
    }
}
