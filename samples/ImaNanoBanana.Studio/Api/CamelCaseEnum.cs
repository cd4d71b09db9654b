using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.Studio.Api;

/// <summary>Writes an enum as the API names it: <c>notCharged</c>.</summary>
internal sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
