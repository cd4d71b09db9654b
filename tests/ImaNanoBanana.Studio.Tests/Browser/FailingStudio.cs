using System.Globalization;
using ImaNanoBanana.Studio.Tests.Server;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>
/// A studio whose simulator fails as a test tells it to, and whose visitors have few credits. Its tests run one after the other, so a
/// failure meets the test that has ordered it.
/// </summary>
public sealed class FailingStudio : IAsyncLifetime
{
    /// <summary>Enough for three images of 6 credits.</summary>
    public const int VisitorCredits = 20;

    private StudioStage? _stage;

    internal StudioStage Stage => _stage!;

    public async ValueTask InitializeAsync() => _stage = await StudioStage.StartAsync(
        TimeSpan.FromMilliseconds(500), ("Studio__VisitorCredits", VisitorCredits.ToString(CultureInfo.InvariantCulture)));

    public async ValueTask DisposeAsync() => await _stage!.DisposeAsync();
}

[CollectionDefinition]
public sealed class FailingStudioTests : ICollectionFixture<FailingStudio>;
