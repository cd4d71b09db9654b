namespace ImaNanoBanana.Mcp.Tools;

/// <summary>The arguments of list_models: none.</summary>
internal sealed record ModelsArguments;
