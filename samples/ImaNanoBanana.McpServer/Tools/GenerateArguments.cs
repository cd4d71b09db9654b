namespace ImaNanoBanana.Mcp.Tools;

/// <summary>The arguments of generate_image.</summary>
internal sealed record GenerateArguments : SubmitArguments
{
    public override IReadOnlyList<string>? Sources() => null;
}
