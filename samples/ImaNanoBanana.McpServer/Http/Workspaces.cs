using System.Collections.Frozen;
using ImaNanoBanana.Mcp.Stores;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Mcp.Http;

/// <summary>The workspaces of all users, each created when it is first needed. Thread-safe.</summary>
internal sealed class Workspaces : IAsyncDisposable
{
    private readonly FrozenDictionary<string, Lazy<Workspace>> _byName;

    public Workspaces(
        ServerSettings settings, HttpSettings http, TimeProvider time, ILoggerFactory loggers, DatabaseStore? database = null)
    {
        var logger = loggers.CreateLogger("ImaNanoBanana");
        _byName = http.Users.ToFrozenDictionary(
            user => user.Name, user => new Lazy<Workspace>(() => Create(user)), StringComparer.Ordinal);

        Workspace Create(RemoteUser user)
        {
            var own = user.Apply(settings);
            var store = database is not null ? database.Create(own, user.Name)
                : own.Simulate ? MemoryStore.Create(own, time)
                : FileStore.Create(own, time, user.Name);
            return new Workspace(own, store, time, logger);
        }
    }

    public Workspace Get(string user) => _byName[user].Value;

    /// <summary>Answers all calls that wait, because the server stops.</summary>
    public void Stop()
    {
        foreach (var workspace in Created())
        {
            workspace.Stop();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var workspace in Created())
        {
            await workspace.DisposeAsync();
        }
    }

    private IEnumerable<Workspace> Created() =>
        _byName.Values.Where(workspace => workspace.IsValueCreated).Select(workspace => workspace.Value);
}
