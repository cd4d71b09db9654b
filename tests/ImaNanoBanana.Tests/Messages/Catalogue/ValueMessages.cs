namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages for values and stored tasks that cannot be read.</summary>
internal static class ValueMessages
{
    private static readonly ImageTask Unnamed = new("task_1") { Adjustments = [new((ImageAdjustmentKind)99, "size", "4K", "2K")] };

    public static IEnumerable<CatalogueMessage> All() =>
    [
        Message("Values", "language code not valid", () => new ImaLanguage("english!")),
        Message("Results", "text is not a task handle", () => ImageTask.FromHandle("task_1")),
        Message("Results", "result without an image", () => new ImageResult(new ImageTask("task_1"), []).Image),
        Message("Results", "adjustment without a stored name", () => Unnamed.ToHandle()),
    ];

    private static CatalogueMessage Message(string folder, string name, Func<object?> call) =>
        CatalogueMessage.FromException(folder, name, Record.Exception(call));
}
