using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.Tests.Json;

/// <summary>The JSON options of apps. None of them changes the JSON of the SDK's types.</summary>
internal static class AppOptions
{
    public static IReadOnlyList<JsonSerializerOptions> All { get; } =
    [
        JsonSerializerOptions.Default,
        JsonSerializerOptions.Web,
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString,
            Converters = { new JsonStringEnumConverter() },
        },
        ImaNanoBananaJsonContext.Default.Options,
    ];
}
