using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using ImaNanoBanana.Mcp.Http;
using ModelContextProtocol.Client;

namespace ImaNanoBanana.McpServer.Tests.Http;

/// <summary>A server process for remote users that listens on a free port.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly StringBuilder _output;
    private readonly List<McpClient> _clients = [];

    private HttpServer(Process process, Uri address, StringBuilder output) => (_process, Address, _output) = (process, address, output);

    public Uri Address { get; }

    public Uri McpAddress => new(Address, HttpHost.McpPath);

    /// <summary>What it logged until now.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<HttpServer> StartAsync(Shop shop, params string[] args) => StartAsync(shop, null, args);

    public static async Task<HttpServer> StartAsync(Shop shop, string? database, params string[] args)
    {
        var process = Start(shop, database, ["--http", "http://127.0.0.1:0", "--users", Users.File(shop), .. args]);
        var output = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            output.AppendLine(line);
            if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
            {
                process.OutputDataReceived += (_, more) =>
                {
                    lock (output)
                    {
                        output.AppendLine(more.Data);
                    }
                };
                process.BeginOutputReadLine();
                return new HttpServer(process, new Uri(line[(at + Listening.Length)..]), output);
            }
        }

        throw new InvalidOperationException($"The server did not start: {output}{await process.StandardError.ReadToEndAsync(Cancellation)}");
    }

    /// <summary>Starts a server that must refuse to run.</summary>
    /// <returns>The exit code and what it wrote to standard error.</returns>
    public static async Task<(int ExitCode, string Errors)> RefusedAsync(Shop shop, params string[] args)
    {
        using var process = Start(shop, null, args);
        var errors = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, errors.Trim());
    }

    public HttpClient Browser(string? token = null, string? origin = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (origin is not null)
        {
            client.DefaultRequestHeaders.Add("Origin", origin);
        }

        return client;
    }

    public Task<McpClient> ConnectAsync(string token, string? protocol = null) =>
        ConnectAsync(token, new McpClientOptions { ProtocolVersion = protocol });

    public async Task<McpClient> ConnectAsync(string token, McpClientOptions options, string? session = null)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = McpAddress,
            TransportMode = HttpTransportMode.StreamableHttp,
            KnownSessionId = session,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + token },
        });
        var client = await McpClient.CreateAsync(transport, Shop.Patient(options), cancellationToken: Cancellation);
        _clients.Add(client);
        return client;
    }

    /// <summary>Sends SIGKILL, so that it cannot clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Cancellation);
    }

    /// <summary>Sends SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(Cancellation);
        await _process.WaitForExitAsync(Cancellation);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        _process.Dispose();
    }

    private static Process Start(Shop shop, string? database, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [ServerProcess.Program, .. args])
        {
            WorkingDirectory = shop.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in shop.Environment())
        {
            start.Environment[name] = value;
        }

        start.Environment["IMA_MCP_DATABASE"] = database;
        return Process.Start(start)!;
    }
}
