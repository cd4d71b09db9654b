using ImaNanoBanana.Studio.Tests.Server;

[assembly: AssemblyFixture(typeof(SharedStudio))]

namespace ImaNanoBanana.Studio.Tests.Server;

/// <summary>A studio for all tests that need no one of their own. Each test is a visitor of its own.</summary>
public sealed class SharedStudio : IAsyncLifetime
{
    private StudioStage? _stage;

    internal StudioStage Stage => _stage!;

    public async ValueTask InitializeAsync() => _stage = await StudioStage.StartAsync(TimeSpan.FromSeconds(1));

    public async ValueTask DisposeAsync() => await _stage!.DisposeAsync();

    /// <returns>A new visitor.</returns>
    internal Task<TestVisitor> OpenAsync() => TestVisitor.OpenAsync(_stage!.Address);
}
