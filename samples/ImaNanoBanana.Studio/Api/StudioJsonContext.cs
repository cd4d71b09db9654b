using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Api;

/// <summary>The JSON of the API and of the database. The types of the SDK bring converters of their own.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCaseEnum<ImageState>), typeof(CamelCaseEnum<ImaChargeStatus>)])]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(ImageDetails))]
[JsonSerializable(typeof(ImageDocument))]
[JsonSerializable(typeof(ImageList))]
[JsonSerializable(typeof(FileDocument))]
[JsonSerializable(typeof(QuoteDocument))]
[JsonSerializable(typeof(UsageDocument))]
[JsonSerializable(typeof(SettingsDocument))]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class StudioJsonContext : JsonSerializerContext;
