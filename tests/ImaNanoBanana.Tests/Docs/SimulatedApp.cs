using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The environment for the code of a page: a client as an app resolves it, on a simulator that finishes at once.</summary>
internal sealed class SimulatedApp : IDisposable
{
    private readonly ServiceProvider _provider;

    public SimulatedApp()
    {
        _provider = new ServiceCollection().AddImaNanoBanana().UseSimulator(Simulator).Services.BuildServiceProvider();
        Client = _provider.GetRequiredService<IImaImageClient>();
    }

    public ImaSimulator Simulator { get; } = new() { ProcessingTime = TimeSpan.Zero };

    public IImaImageClient Client { get; }

    public void Dispose()
    {
        _provider.Dispose();
        Simulator.Dispose();
    }
}
