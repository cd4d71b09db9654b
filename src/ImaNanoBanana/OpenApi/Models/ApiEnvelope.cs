using System.Text.Json;

namespace ImaNanoBanana.OpenApi.Models;

/// <summary>The envelope of every JSON response. Pure functions read its members, because each member may have any type.</summary>
internal sealed class ApiEnvelope
{
    public JsonElement? Code { get; init; }

    public JsonElement? Message { get; init; }

    public JsonElement? Data { get; init; }
}
