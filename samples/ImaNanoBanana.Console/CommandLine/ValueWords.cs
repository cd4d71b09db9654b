namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>
/// Contains the values that completion and corrections suggest. A request is checked against the current product list.
/// </summary>
internal static class ValueWords
{
    public static IReadOnlyList<string> Sizes { get; } = ["512px", "1K", "2K", "4K"];

    /// <summary>Words only: a colon separates words in bash.</summary>
    public static IReadOnlyList<string> Ratios { get; } = ["landscape", "portrait", "square"];

    /// <summary>Names without spaces, so that a shell needs no quotation marks.</summary>
    public static IReadOnlyList<string> Models { get; } = ["nano-banana-2", "nano-banana-pro", "pro", "cheapest", "best"];
}
