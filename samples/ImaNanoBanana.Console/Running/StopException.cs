namespace ImaNanoBanana.Cli.Running;

/// <summary>Ends the program with a text for the person at the terminal, before anything was ordered.</summary>
internal sealed class StopException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
