using System.ComponentModel;
using System.Text.Json;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>The arguments of get_image_task.</summary>
internal sealed record TaskArguments
{
    /// <summary>A string, or the JSON object of a handle, because models often pass the object.</summary>
    [Description("The handle, task_id or idempotency_key of an earlier answer. Omit it to list the tasks that were not fetched yet.")]
    public JsonElement? Handle { get; init; }

    [Description("Seconds to wait for the image, 0 to 600.")]
    public decimal? WaitSeconds { get; init; }

    /// <returns>The text; empty if there is none.</returns>
    public string Text() => Handle switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Trim(),
        { } other => other.GetRawText(),
    };
}
