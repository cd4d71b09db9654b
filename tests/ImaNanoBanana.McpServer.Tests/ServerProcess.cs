using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>A server process that the test controls: it can kill it and read exactly what it writes.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly SemaphoreSlim _said = new(0);

    public ServerProcess(Shop shop, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. args])
        {
            WorkingDirectory = shop.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in shop.Environment())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }

            _said.Release();
        };
        _process.BeginErrorReadLine();
    }

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "ima-mcp.dll");

    /// <summary>
    /// Initializes a session for tests that send exact bytes. The client of the MCP SDK does not report a cancelled call to the server.
    /// </summary>
    public async Task StartSessionAsync()
    {
        await SendAsync("""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
        await ReadAsync(message => message.TryGetProperty("id", out _));
        await SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
    }

    public async Task SendAsync(string message)
    {
        await Input.WriteLineAsync(message);
        await Input.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Reads until the first message of a kind.</summary>
    public async Task<JsonElement> ReadAsync(Func<JsonElement, bool> isIt)
    {
        while (await Output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (JsonDocument.Parse(line).RootElement is var message && isIt(message))
            {
                return message;
            }
        }

        throw new EndOfStreamException("The server ended.");
    }

    public StreamWriter Input => _process.StandardInput;

    public StreamReader Output => _process.StandardOutput;

    /// <summary>What it wrote to standard error; complete when it has ended.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    public int ExitCode => _process.ExitCode;

    public Task<McpClient> ConnectAsync() => McpClient.CreateAsync(
        new StreamClientTransport(_process.StandardInput.BaseStream, _process.StandardOutput.BaseStream),
        Shop.Patient(new McpClientOptions()),
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Sends SIGKILL, so that it cannot clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends SIGTERM, as clients do to a server that does not end on its own.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until standard error contains a text.</summary>
    public async Task SaysAsync(string text)
    {
        while (!Errors.Contains(text, StringComparison.Ordinal))
        {
            await _said.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public Task ExitAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        // Wait until its standard error is complete as well.
        await _process.WaitForExitAsync();
        _process.Dispose();
        _said.Dispose();
    }
}
