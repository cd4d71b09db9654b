using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.DependencyInjection.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.DependencyInjection;

/// <summary>The report of a journal that a container provides says whether it records every submission.</summary>
public sealed class UsageOfServicesTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ImaSimulator _simulator = new() { ProcessingTime = TimeSpan.Zero };

    public void Dispose()
    {
        _simulator.Dispose();
        _folder.Dispose();
    }

    /// <summary>Each tenant has its own report.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Journal_of_a_tenant_reports_its_submissions(bool hasFolder)
    {
        using var app = new TenantApp(builder => _ = hasFolder ? builder.AddFileJournal(_folder.Path) : builder);
        foreach (var tenant in new[] { "tenant-a", "tenant-a", "tenant-b" })
        {
            await app.Client(tenant).SubmitAsync(
                new ImageRequest("a puppy") { Tag = tenant, IdempotencyKey = Guid.NewGuid().ToString() },
                TestContext.Current.CancellationToken);
        }

        var usage = await app.Factory.GetJournal("tenant-a").GetUsageAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([new ImageUsageGroup("tenant-a") { Submissions = 2, Images = 2, Credits = 12 }], usage.Groups);
        Assert.Equal(hasFolder, usage.IsComplete);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Journal_of_the_container_reports_its_submissions(bool hasFolder)
    {
        var builder = new ServiceCollection().AddImaNanoBanana().UseSimulator(_simulator);
        _ = hasFolder ? builder.AddFileJournal(_folder.Path) : builder;
        await using var provider = builder.Services.BuildServiceProvider();
        await provider.GetRequiredService<IImaImageClient>().SubmitAsync(
            new ImageRequest("a puppy") { Tag = "a", IdempotencyKey = "order-1" }, TestContext.Current.CancellationToken);

        var usage = await provider.GetRequiredService<ITaskJournal>().GetUsageAsync(
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([new ImageUsageGroup("a") { Submissions = 1, Images = 1, Credits = 6 }], usage.Groups);
        Assert.Equal(hasFolder, usage.IsComplete);
    }
}
