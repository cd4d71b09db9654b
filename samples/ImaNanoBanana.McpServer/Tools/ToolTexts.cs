using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>The texts about each tool that a model reads. They are English, whatever the language of the answers.</summary>
internal static class ToolTexts
{
    public static Tool Generate() => new()
    {
        Name = "generate_image",
        Title = "Generate an image",
        Description =
            "Generates an image from a prompt. Costs credits (quote_image returns the price) and takes 20 to 120 seconds. If this answers "
            + "`running`, call get_image_task with the handle; never call generate_image again for it. An identical call within the "
            + "server's repeat window returns the same task and is not charged. For another image from the same prompt, pass a "
            + "`variation`.",
        Annotations = SpendsCredits(),
    };

    public static Tool Edit() => new()
    {
        Name = "edit_image",
        Title = "Edit images",
        Description =
            "Generates a new image from source images and a prompt; the source images are not changed. Costs credits and takes 20 to 120 "
            + "seconds. If this answers `running`, call get_image_task with the handle; never call edit_image again for it. An identical "
            + "call within the server's repeat window returns the same task and is not charged. For another image from the same prompt "
            + "and source images, pass a `variation`.",
        Annotations = SpendsCredits(),
    };

    public static Tool Task() => new()
    {
        Name = "get_image_task",
        Title = "Get a submitted image",
        Description =
            "Waits for a submitted image and returns it. It spends no credits, and you may call it as often as needed, also after a "
            + "restart. Answers `ready`, or `running` when its time ends: then call it again. Without a handle it lists "
            + "the submitted tasks that were not fetched yet.",
        Annotations = Reads(),
    };

    public static Tool Models() => new()
    {
        Name = "list_models",
        Title = "List models and prices",
        Description = "Lists models, sizes, aspect ratios and credits per image. Spends no credits.",
        Annotations = Reads(),
    };

    public static Tool Quote() => new()
    {
        Name = "quote_image",
        Title = "Get a price",
        Description = "Returns what generate_image or edit_image would cost, in credits. Spends no credits and uploads nothing.",
        Annotations = Reads(),
    };

    /// <summary>The tool may submit a new task and does not change existing ones. An identical call submits nothing.</summary>
    private static ToolAnnotations SpendsCredits() =>
        new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true };

    private static ToolAnnotations Reads() =>
        new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true };
}
