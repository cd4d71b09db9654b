namespace ImaNanoBanana.Cli.Running;

/// <summary>Ends the program with a message for the user before anything is submitted.</summary>
internal sealed class StopException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
