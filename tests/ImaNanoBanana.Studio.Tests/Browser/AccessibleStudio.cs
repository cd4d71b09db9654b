using ImaNanoBanana.Studio.Tests.Server;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>A studio whose simulator takes scenarios from one test at a time.</summary>
public sealed class AccessibleStudio : IAsyncLifetime
{
    private StudioStage? _stage;

    internal StudioStage Stage => _stage!;

    public async ValueTask InitializeAsync() => _stage = await StudioStage.StartAsync(TimeSpan.FromMilliseconds(500));

    public async ValueTask DisposeAsync() => await _stage!.DisposeAsync();
}
