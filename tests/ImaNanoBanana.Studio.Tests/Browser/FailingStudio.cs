using System.Globalization;
using ImaNanoBanana.Studio.Tests.Server;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>A studio whose simulator tests tell to fail, and whose visitors have credits for one image.</summary>
public sealed class FailingStudio : IAsyncLifetime
{
    public const int VisitorCredits = 10;

    private StudioStage? _stage;

    internal StudioStage Stage => _stage!;

    public async ValueTask InitializeAsync() => _stage = await StudioStage.StartAsync(
        TimeSpan.FromMilliseconds(500), ("Studio__VisitorCredits", VisitorCredits.ToString(CultureInfo.InvariantCulture)));

    public async ValueTask DisposeAsync() => await _stage!.DisposeAsync();
}
