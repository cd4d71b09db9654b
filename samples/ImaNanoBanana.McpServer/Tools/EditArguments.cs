using System.ComponentModel;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>The arguments of edit_image.</summary>
internal sealed record EditArguments : SubmitArguments
{
    [Description("The source images, in order: https URLs, or files in the folders that this server may read.")]
    public required IReadOnlyList<string> Images { get; init; }

    public override IReadOnlyList<string>? Sources() => Images;
}
