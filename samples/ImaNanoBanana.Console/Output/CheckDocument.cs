namespace ImaNanoBanana.Cli.Output;

/// <summary>One thing that <c>ima doctor</c> looked at.</summary>
internal sealed record CheckDocument(string Check, bool Ok, string Detail);
