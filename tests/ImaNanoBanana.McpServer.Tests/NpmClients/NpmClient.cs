using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.McpServer.Tests.NpmClients;

/// <summary>A client of the official SDK for JavaScript, in a process of its own, with a server that it started.</summary>
internal sealed class NpmClient : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _answers = [];
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _progress = [];
    private readonly Task _reading;
    private int _last;

    private NpmClient(Shop shop, string protocol, string[] args)
    {
        var start = new ProcessStartInfo(
            "node", [Path.Combine(Folder, "client.mjs"), $"sdk-{protocol}", "dotnet", ServerProcess.Program, .. args])
        {
            WorkingDirectory = shop.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in shop.Environment())
        {
            start.Environment[name] = value;
        }

        // As a person starts it.
        start.Environment["IMA_STRUCTURED"] = null;
        _process = Process.Start(start)!;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>The version of the protocol that client and server agreed on.</summary>
    public string? Protocol { get; private set; }

    private static string Folder { get; } =
        Path.Combine(RepositoryRoot.Path, "tests", "ImaNanoBanana.McpServer.Tests", "NpmClients");

    /// <param name="shop">The service.</param>
    /// <param name="protocol">The newest protocol that the client knows.</param>
    /// <param name="args">The options of the server.</param>
    public static async Task<NpmClient> StartAsync(Shop shop, string protocol, params string[] args)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules", $"sdk-{protocol}")),
            "The npm clients are missing: install Node.js with npm, and run 'npm ci' in tests/ImaNanoBanana.McpServer.Tests/NpmClients.");
        var client = new NpmClient(shop, protocol, args);
        client.Protocol = (await client.AskAsync("start").Answer).GetProperty("protocol").GetString();
        return client;
    }

    public async Task<NpmAnswer> ToolsAsync() => new(await AskAsync("tools").Answer);

    public async Task<NpmAnswer> CallAsync(string tool, object arguments) => new(await BeginCall(tool, arguments).Answer);

    /// <returns>The number of the call, its answer, and a task that completes with its first progress.</returns>
    public (int Number, Task<JsonElement> Answer, Task Progress) BeginCall(string tool, object arguments)
    {
        var progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _progress[_last + 1] = progress;
        var (number, answer) = AskAsync("call", Call(tool, arguments));
        return (number, answer, progress.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Whether the schema of a tool accepts arguments.</summary>
    public async Task<bool> AcceptsAsync(string tool, object arguments) =>
        (await AskAsync("check", Call(tool, arguments)).Answer).GetProperty("valid").GetBoolean();

    public Task CancelAsync(int call) => AskAsync("cancel", new JsonObject { ["of"] = call }).Answer;

    /// <summary>Kills the server.</summary>
    public Task KillAsync() => AskAsync("kill").Answer;

    public async ValueTask DisposeAsync()
    {
        // The server ends when its input ends.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private static JsonObject Call(string tool, object arguments) =>
        new() { ["name"] = tool, ["arguments"] = JsonSerializer.SerializeToNode(arguments) };

    private (int Number, Task<JsonElement> Answer) AskAsync(string action, JsonObject? request = null)
    {
        var number = ++_last;
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers[number] = answer;
        request ??= [];
        (request["id"], request["do"]) = (number, action);
        _process.StandardInput.WriteLine(request.ToJsonString());
        _process.StandardInput.Flush();
        return (number, answer.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var message = JsonDocument.Parse(line).RootElement;
            if (message.TryGetProperty("of", out var call))
            {
                _progress[call.GetInt32()].TrySetResult();
            }
            else
            {
                _answers[message.GetProperty("id").GetInt32()].SetResult(message);
            }
        }

        foreach (var answer in _answers.Values)
        {
            answer.TrySetException(new EndOfStreamException("The client ended."));
        }
    }
}
