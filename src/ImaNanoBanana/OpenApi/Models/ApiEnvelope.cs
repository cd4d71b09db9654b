using System.Text.Json;

namespace ImaNanoBanana.OpenApi.Models;

/// <summary>The envelope of every JSON answer; its members are read by pure functions, because any of them may be of any type.</summary>
internal sealed class ApiEnvelope
{
    public JsonElement? Code { get; init; }

    public JsonElement? Message { get; init; }

    public JsonElement? Data { get; init; }
}
