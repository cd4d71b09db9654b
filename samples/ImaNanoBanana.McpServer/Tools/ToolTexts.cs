using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>What a model reads about each tool. English, whatever the language of the answers.</summary>
internal static class ToolTexts
{
    public static Tool Generate() => new()
    {
        Name = "generate_image",
        Title = "Generate an image",
        Description =
            "Makes an image from words. Costs credits (quote_image says how many) and takes 20 to 120 seconds. If this answers "
                + "`running`, call "
            + "get_image_task with the handle; never call generate_image again for it. An identical call within the server's window "
                + "returns the same "
            + "task and buys nothing; to order another picture of the same words pass a `variation`.",
        Annotations = SpendsCredits(),
    };

    public static Tool Edit() => new()
    {
        Name = "edit_image",
        Title = "Edit images",
        Description =
            "Makes a new image from images and words; the images stay as they are. Costs credits and takes 20 to 120 seconds. If this "
                + "answers `running`, "
            + "call get_image_task with the handle; never call edit_image again for it. An identical call within the server's window "
                + "returns the same "
            + "task and buys nothing; to order another picture of the same words and images pass a `variation`.",
        Annotations = SpendsCredits(),
    };

    public static Tool Task() => new()
    {
        Name = "get_image_task",
        Title = "Get an ordered image",
        Description =
            "Waits for an image that was ordered and returns it; buys nothing and may be called as often as needed, also after a "
                + "restart. Answers `ready` "
            + "or `running`: then call it again in ask_again_in_seconds. Without a handle it lists what was ordered and never fetched.",
        Annotations = Reads(),
    };

    public static Tool Models() => new()
    {
        Name = "list_models",
        Title = "List models and prices",
        Description = "Models, sizes, aspect ratios and credits per image. Buys nothing.",
        Annotations = Reads(),
    };

    public static Tool Quote() => new()
    {
        Name = "quote_image",
        Title = "Ask for a price",
        Description = "What generate_image or edit_image would cost, in credits. Buys nothing and uploads nothing.",
        Annotations = Reads(),
    };

    /// <summary>Adds a purchase and changes nothing that is there; an identical call adds none.</summary>
    private static ToolAnnotations SpendsCredits() =>
        new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true };

    private static ToolAnnotations Reads() =>
        new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true };
}
