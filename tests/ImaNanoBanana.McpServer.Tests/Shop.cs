using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>
/// The service behind a socket, with a clock that the test controls and a ledger that it can read, and real server processes in
/// front of it. The processes share one data folder, as those of one user do.
/// </summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ima-mcp-");
    private readonly List<McpClient> _clients = [];
    private ImaSimulatorServer? _server;
    private string? _language;

    private Shop() => Simulator = new ImaSimulator(Time) { ProcessingTime = TimeSpan.Zero };

    /// <summary>The service's clock. It starts at the time of the processes: an upload with another time is rejected.</summary>
    public TestTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>Images are ready at once by default. If a test makes them slow, they are ready when the test moves the clock.</summary>
    public ImaSimulator Simulator { get; }

    /// <summary>The current folder of the processes.</summary>
    public string Folder => Directory.CreateDirectory(Path.Combine(_root.FullName, "work")).FullName;

    /// <summary>The journal that the processes write.</summary>
    public FileTaskJournal Journal => new(Path.Combine(_root.FullName, "data", "ima-nano-banana", "journal-simulator"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Shop> OpenAsync()
    {
        var shop = new Shop();
        shop._server = await ImaSimulatorServer.StartAsync(shop.Simulator, cancellationToken: Cancellation);
        return shop;
    }

    /// <summary>Whether the processes get the address of the service. Without it they have neither a key nor a simulator.</summary>
    public bool IsKnown { get; set; } = true;

    /// <summary>The environment with which a process finds this shop, and no data of the person who runs the tests.</summary>
    public Dictionary<string, string?> Environment() => new()
    {
        ["HOME"] = _root.FullName,
        ["XDG_DATA_HOME"] = Path.Combine(_root.FullName, "data"),
        ["LOCALAPPDATA"] = Path.Combine(_root.FullName, "data"),
        ["IMA_SIMULATOR"] = IsKnown ? _server!.Address.AbsoluteUri : null,
        ["IMA_API_KEY"] = null,

        // Most tests read the fields of the answers.
        ["IMA_STRUCTURED"] = "1",

        // Short-lived processes end before this optimization helps.
        ["DOTNET_TieredPGO"] = "0",
        ["IMA_LANGUAGE"] = _language,
    };

    /// <summary>A client of a new server process.</summary>
    public Task<McpClient> ConnectAsync(params string[] args) => ConnectAsync(new McpClientOptions(), args);

    /// <summary>A client of a server whose environment asks for a language.</summary>
    public Task<McpClient> ConnectInAsync(string language)
    {
        _language = language;
        return ConnectAsync();
    }

    public async Task<McpClient> ConnectAsync(McpClientOptions options, params string[] args)
    {
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "ima-mcp",
            Command = "dotnet",
            Arguments = [ServerProcess.Program, .. args],
            WorkingDirectory = Folder,
            EnvironmentVariables = Environment(),
        });
        var client = await McpClient.CreateAsync(transport, Patient(options), cancellationToken: Cancellation);
        _clients.Add(client);
        return client;
    }

    /// <summary>
    /// For a server that starts slowly on a busy machine: after 5 seconds the client would assume an older protocol, although the
    /// server has understood the first request, and the server rejects the second one.
    /// </summary>
    public static McpClientOptions Patient(McpClientOptions options)
    {
        options.DiscoverProbeTimeout = options.InitializationTimeout = Timeout.InfiniteTimeSpan;
        return options;
    }

    /// <summary>A client that shows the person the price.</summary>
    public static McpClientOptions Asking(string answer, List<string> questions, string? protocol = null) => new()
    {
        ProtocolVersion = protocol,
        Handlers = new McpClientHandlers
        {
            ElicitationHandler = (question, _) =>
            {
                questions.Add(question!.Message);
                return ValueTask.FromResult(new ElicitResult { Action = answer });
            },
        },
    };

    /// <summary>Makes the existing journal entries older.</summary>
    public async Task LetTimePassAsync(TimeSpan by)
    {
        var journal = Journal;
        await foreach (var entry in journal.ListAsync(Cancellation))
        {
            Assert.True(await journal.UpdateAsync(entry with { ClaimedAt = entry.ClaimedAt - by }, Cancellation));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _server!.DisposeAsync();
        Simulator.Dispose();
        _root.Delete(recursive: true);
    }
}
