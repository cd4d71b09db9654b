using System.ComponentModel;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>What edit_image takes.</summary>
internal sealed record EditArguments : SubmitArguments
{
    [Description("The images to work from, in order: https addresses, or files in the folders that this server may read.")]
    public required IReadOnlyList<string> Images { get; init; }

    public override IReadOnlyList<string>? Sources() => Images;
}
