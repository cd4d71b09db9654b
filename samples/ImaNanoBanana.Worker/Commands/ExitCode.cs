namespace ImaNanoBanana.Worker.Commands;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Unhealthy = 1;
    public const int Usage = 2;
    public const int Refused = 3;
}
