namespace ImaNanoBanana.Cli.Running;

/// <summary>Standard output cannot be written: a full disk, or a reader that is gone.</summary>
internal sealed class OutputException(Exception cause) : Exception(cause.Message, cause);
