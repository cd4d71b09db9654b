namespace ImaNanoBanana.Cli.Output;

/// <summary>Represents one check of <c>ima doctor</c>.</summary>
/// <param name="Check">What is checked.</param>
/// <param name="Ok">Whether it is as it should be; null if it could not be checked.</param>
/// <param name="Detail">What was found, or why it was not checked.</param>
internal sealed record CheckDocument(string Check, bool? Ok, string Detail);
