using ImaNanoBanana.Studio.Tests.Server;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>A studio that tests kill and start again.</summary>
public sealed class InterruptedStudio : IAsyncLifetime
{
    private StudioStage? _stage;

    internal StudioStage Stage => _stage!;

    public async ValueTask InitializeAsync() => _stage = await StudioStage.StartAsync(TimeSpan.FromSeconds(2));

    public async ValueTask DisposeAsync() => await _stage!.DisposeAsync();
}
