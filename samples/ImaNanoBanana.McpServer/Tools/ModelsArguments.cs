namespace ImaNanoBanana.Mcp.Tools;

/// <summary>What list_models takes: nothing.</summary>
internal sealed record ModelsArguments;
