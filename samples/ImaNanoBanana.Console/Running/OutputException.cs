namespace ImaNanoBanana.Cli.Running;

/// <summary>Standard output could not be written, because a disk is full or the reader has ended.</summary>
internal sealed class OutputException(Exception cause) : Exception(cause.Message, cause);
