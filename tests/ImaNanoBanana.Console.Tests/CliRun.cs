using ImaNanoBanana.Cli;
using ImaNanoBanana.Cli.Keys;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.Console.Tests;

/// <summary>The program in this process, with its own environment: a simulator as the service, a clock, folders, variables.</summary>
internal sealed class CliRun : IDisposable
{
    public const string Key = "test-key-0123456789";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ima-cli-");

    public CliRun()
    {
        Service = new ImaSimulator(Time);
        Variables["IMA_API_KEY"] = Key;
    }

    public TestTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Replaces the real service.</summary>
    public ImaSimulator Service { get; }

    /// <summary>Another handler to reach the service, or null.</summary>
    public HttpMessageHandler? Wire { get; set; }

    /// <summary>Replaces standard output, or null.</summary>
    public TextWriter? Output { get; set; }

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Longer delays are deadlines, which do not pass while files are written.</summary>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromSeconds(10);

    public bool IsTerminal { get; set; }

    public int Width { get; set; } = 80;

    public string Input { get; set; } = "";

    /// <summary>Standard input as bytes.</summary>
    public byte[] InputBytes { get; set; } = [];

    /// <summary>What is typed on the terminal without being shown, or null.</summary>
    public string? Typed { get; set; }

    public Keyring? Keyring { get; set; }

    /// <summary>Replaces the programs of the operating system.</summary>
    public ToolRunner Tools { get; set; } = (_, _, _, _) => Task.FromResult<string?>(null);

    public string Folder => Directory.CreateDirectory(Path.Combine(_root.FullName, "work")).FullName;

    /// <summary>The current folder, if it is not <see cref="Folder"/>.</summary>
    public string? Current { get; set; }

    public string Home => Path.Combine(_root.FullName, "home");

    public string Data => Path.Combine(_root.FullName, "data");

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public IReadOnlyList<string> OutLines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Task<int> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    /// <summary>Presses Ctrl-C as soon as standard error contains a text.</summary>
    public async Task<int> InterruptedAsync(string text, params string[] args)
    {
        using var interrupt = new CancellationTokenSource();
        using var error = new WatchedWriter(text, interrupt.Cancel) { NewLine = "\n" };
        return await RunAsync(error, args, interrupt.Token);
    }

    public async Task<int> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        using var error = new StringWriter { NewLine = "\n" };
        return await RunAsync(error, args, cancellationToken);
    }

    private async Task<int> RunAsync(StringWriter error, string[] args, CancellationToken cancellationToken)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(Input);
        var host = new CliHost
        {
            Out = Output ?? output,
            Error = error,
            In = input,
            OpenInput = () => new MemoryStream(InputBytes),
            ReadHidden = Typed is { } typed ? () => typed : null,
            Keyring = Keyring,
            Tools = Tools,
            IsOutputRedirected = !IsTerminal,
            IsErrorRedirected = !IsTerminal,
            Width = Width,
            Variable = name => Variables.GetValueOrDefault(name),
            Folder = Current ?? Folder,
            Home = Home,
            Data = Data,
            Time = Time,
            Service = Wire ?? Service,
            Simulator = () => new ImaSimulator(Time),
        };
        var work = ConsoleApp.RunAsync(args, host, cancellationToken);
        await Time.RunAsync(work, LongestDelay, TestContext.Current.CancellationToken);
        Out = output.ToString();
        Error = error.ToString();
        return await work;
    }

    /// <summary>The journal removes old files in the background and may create a lock file meanwhile.</summary>
    public void Dispose()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _root.Delete(recursive: true);
                return;
            }
            catch (IOException) when (attempt < 100)
            {
            }
        }
    }

    private sealed class WatchedWriter(string text, Action seen) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(text, StringComparison.Ordinal) == true)
            {
                seen();
            }
        }
    }
}
