namespace ImaNanoBanana.Cli.Output;

/// <summary>Represents one check of <c>ima doctor</c>.</summary>
internal sealed record CheckDocument(string Check, bool Ok, string Detail);
