using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>
/// Contains the System.Text.Json metadata of the SDK's types, for apps that are published native or that have reflection-based JSON
/// turned off. Each type has the same JSON with this context, with a context of the app and with reflection.
/// </summary>
/// <remarks>Thread-safe. The options of an app do not change the JSON of these types: it is versioned and in snake case.</remarks>
/// <example>
/// <code>
/// var json = JsonSerializer.Serialize(request, ImaNanoBananaJsonContext.Default.ImageRequest);
/// var copy = JsonSerializer.Deserialize(json, ImaNanoBananaJsonContext.Default.ImageRequest);
/// </code>
/// </example>
[JsonSerializable(typeof(ImageRequest))]
[JsonSerializable(typeof(IReadOnlyList<ImageRequest>))]
[JsonSerializable(typeof(ImageInput))]
[JsonSerializable(typeof(ImageTask))]
[JsonSerializable(typeof(ImageResult))]
[JsonSerializable(typeof(GeneratedImage))]
[JsonSerializable(typeof(ImageFailure))]
[JsonSerializable(typeof(ImageAdjustment))]
[JsonSerializable(typeof(ImageProgress))]
[JsonSerializable(typeof(ImageOutcome))]
[JsonSerializable(typeof(IReadOnlyList<ImageOutcome>))]
[JsonSerializable(typeof(ImageQuote))]
[JsonSerializable(typeof(ImaException))]
[JsonSerializable(typeof(ImageGenerationCanceledException))]
[JsonSerializable(typeof(ImageModel))]
[JsonSerializable(typeof(ImageSize))]
[JsonSerializable(typeof(AspectRatio))]
[JsonSerializable(typeof(ImageTaskType))]
[JsonSerializable(typeof(ImaLanguage))]
public sealed partial class ImaNanoBananaJsonContext : JsonSerializerContext;
