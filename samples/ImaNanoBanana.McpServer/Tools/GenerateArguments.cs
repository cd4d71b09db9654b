namespace ImaNanoBanana.Mcp.Tools;

/// <summary>What generate_image takes.</summary>
internal sealed record GenerateArguments : OrderArguments
{
    public override IReadOnlyList<string>? Sources() => null;
}
