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
    private readonly StringBuilder _output = new();
    private readonly List<McpClient> _clients = [];

    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HttpServer(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"The server ended: {Output}"));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address => _listening.Task.Result;

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

    /// <param name="shop">The service.</param>
    /// <param name="database">The connection string.</param>
    public static Task<HttpServer> StartWithAsync(Shop shop, string database) => StartAsync(shop, database, []);

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
        client.DefaultRequestHeaders.Add("Accept", "application/json, text/event-stream");
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (origin is not null)
        {
            client.DefaultRequestHeaders.Add("Origin", origin);
        }

        return client;
    }

    public Task<McpClient> ConnectAsync(string token, string? protocol = null) =>
        ConnectAsync(token, new McpClientOptions { ProtocolVersion = protocol });

    public async Task<McpClient> ConnectAsync(string token, McpClientOptions options)
    {
        var client = await McpClient.CreateAsync(Transport(token), Shop.Patient(options), cancellationToken: Cancellation);
        _clients.Add(client);
        return client;
    }

    /// <summary>Continues a session of another instance. Clients of the newest protocol have none.</summary>
    public async Task<McpClient> ContinueAsync(string token, McpClient client)
    {
        if (client.SessionId is not { } session)
        {
            return await ConnectAsync(token, client.NegotiatedProtocolVersion);
        }

        var options = new ResumeClientSessionOptions
        {
            ServerInfo = client.ServerInfo!,
            ServerCapabilities = client.ServerCapabilities,
            NegotiatedProtocolVersion = client.NegotiatedProtocolVersion!,
        };
        var continued = await McpClient.ResumeSessionAsync(Transport(token, session), options, cancellationToken: Cancellation);
        _clients.Add(continued);
        return continued;
    }

    private HttpClientTransport Transport(string token, string? session = null) => new(new HttpClientTransportOptions
    {
        Endpoint = McpAddress,
        TransportMode = HttpTransportMode.StreamableHttp,
        KnownSessionId = session,
        AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + token },
    });

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

    private static async Task<HttpServer> StartAsync(Shop shop, string? database, string[] args)
    {
        string[] users = args.Contains("--users") ? [] : ["--users", Users.File(shop)];
        var server = new HttpServer(Start(shop, database, ["--http", "http://127.0.0.1:0", .. users, .. args]));
        await server._listening.Task.WaitAsync(Cancellation);
        return server;
    }

    private void Add(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.IndexOf(Listening, StringComparison.Ordinal) is { } at and >= 0)
        {
            _listening.TrySetResult(new Uri(line[(at + Listening.Length)..]));
        }
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
