namespace ImaNanoBanana.Mcp.Tools;

/// <summary>What generate_image takes.</summary>
internal sealed record GenerateArguments : SubmitArguments
{
    public override IReadOnlyList<string>? Sources() => null;
}
