using System.ComponentModel;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>The arguments of edit_image.</summary>
internal sealed record EditArguments : SubmitArguments
{
    [Description(
        "The source images, in order: https URLs, files that this server may read, task_ids (task_id#2 is a task's second image), or "
            + "`last` for your last image.")]
    public required IReadOnlyList<string> Images { get; init; }

    public override IReadOnlyList<string>? Sources() => Images;
}
