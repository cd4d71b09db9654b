using System.ComponentModel;
using System.Text.Json;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>What get_image_task takes.</summary>
internal sealed record TaskArguments
{
    /// <summary>A text; or the object that the text of a handle is, as models like to pass it.</summary>
    [Description("The handle, task_id or idempotency_key of an earlier answer. Without it the tasks are listed that nobody fetched yet.")]
    public JsonElement? Handle { get; init; }

    /// <returns>The text; empty where none was given.</returns>
    public string Text() => Handle switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Trim(),
        { } other => other.GetRawText(),
    };
}
