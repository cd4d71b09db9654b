using System.Text.Json;

namespace ImaNanoBanana.Tools;

/// <summary>Contains the name, the description and the JSON schema of a tool, as the chat model reads them.</summary>
internal sealed record ToolDefinition(string Name, string Description, JsonElement Schema)
{
    private const string Prompt = """
        "prompt": {"type": "string", "description": "What the image shows."}
        """;

    private const string Task = """
        "task": {"type": "string", "description": "The task, exactly as it was returned."}
        """;

    private const string Images = """
        "images": {"type": "array", "items": {"type": "string"}, "description":
        "https URLs of the source images, in order. Leave it out to use the images that the user attached."}
        """;

    private const string Choice = """
        "model": {"type": "string", "description": "A model id, or words such as: Pro, cheapest, best."},
        "size": {"type": "string", "description": "512px, 1K, 2K or 4K."},
        "aspect_ratio": {"type": "string", "description": "Width to height, for example 16:9, or portrait."},
        "count": {"type": "integer", "minimum": 1, "description": "The number of images. Each is charged. Default 1."}
        """;

    public static readonly ToolDefinition Generate = new(
        "generate_image",
        "Generates images from a description. Each call costs credits and takes 20 to 120 seconds.",
        Object($"{Prompt}, {Choice}", "prompt"));

    public static readonly ToolDefinition Edit = new(
        "edit_image",
        "Edits or combines images as the prompt describes. Each call costs credits and takes 20 to 120 seconds.",
        Object($"{Prompt}, {Images}, {Choice}", "prompt"));

    public static readonly ToolDefinition Quote = new(
        "quote_image",
        "Returns what an image would cost, in credits. Free of charge.",
        Object($"{Prompt}, {Images}, {Choice}", "prompt"));

    public static readonly ToolDefinition Status = new(
        "get_image_status",
        "Returns the status and the images of a task that an earlier call returned. Free of charge.",
        Object(Task, "task"));

    /// <summary>The names of the arguments.</summary>
    public IEnumerable<string> Arguments => Schema.GetProperty("properties").EnumerateObject().Select(property => property.Name);

    private static JsonElement Object(string properties, string required)
    {
        using var document = JsonDocument.Parse(
            $$"""{"type": "object", "properties": {{{properties}}}, "required": ["{{required}}"], "additionalProperties": false}""");
        return document.RootElement.Clone();
    }
}
