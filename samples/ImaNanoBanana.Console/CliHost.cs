using ImaNanoBanana.Cli.Keys;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Cli;

/// <summary>
/// Provides the environment of the program: streams, variables, folders, clock and the connection to the service. Tests replace it.
/// </summary>
internal sealed class CliHost
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Opens standard input as bytes.</summary>
    public Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    /// <summary>Reads a line from the terminal without showing it; null if standard input is redirected.</summary>
    public Func<string>? ReadHidden { get; init; }

    /// <summary>The key store of the operating system, or null.</summary>
    public Keyring? Keyring { get; init; }

    /// <summary>Runs programs of the operating system.</summary>
    public ToolRunner Tools { get; init; } = ToolProcess.RunAsync;

    public bool IsOutputRedirected { get; init; } = true;

    public bool IsErrorRedirected { get; init; } = true;

    /// <summary>The number of cells per line.</summary>
    public int Width { get; init; } = 80;

    /// <summary>The value of an environment variable, or null.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The current folder, which relative paths are resolved against.</summary>
    public required string Folder { get; init; }

    /// <summary>The user's home folder.</summary>
    public required string Home { get; init; }

    /// <summary>The user's folder for application data.</summary>
    public required string Data { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The handler that connects to the service, or null for the network.</summary>
    public HttpMessageHandler? Service { get; init; }

    /// <summary>Creates the simulator that is used without an API key.</summary>
    public Func<ImaSimulator> Simulator { get; init; } = () => new ImaSimulator();

    public static CliHost CreateForThisProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        In = Console.In,
        OpenInput = Console.OpenStandardInput,
        ReadHidden = Console.IsInputRedirected ? null : HiddenLine.Read,
        Keyring = Keyring.OfThisMachine(Environment.GetEnvironmentVariable),
        IsOutputRedirected = Console.IsOutputRedirected,
        IsErrorRedirected = Console.IsErrorRedirected,
        Width = WindowWidth(),
        Variable = Environment.GetEnvironmentVariable,
        Folder = Directory.GetCurrentDirectory(),
        Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
        Data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
    };

    public string FullPath(string path) => Path.GetFullPath(path, Folder);

    /// <returns>The path for display: relative if it is below the current folder.</returns>
    public string Shown(string path)
    {
        var relative = Path.GetRelativePath(Folder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static int WindowWidth()
    {
        const int unknown = 80;
        return Console.IsOutputRedirected && Console.IsErrorRedirected || Console.WindowWidth <= 0 ? unknown : Console.WindowWidth;
    }
}
