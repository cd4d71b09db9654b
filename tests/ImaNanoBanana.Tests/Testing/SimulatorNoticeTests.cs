using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Tests.Testing;

/// <summary>A host that starts with the simulator outside of Development says so, once.</summary>
public class SimulatorNoticeTests
{
    [Theory]
    [InlineData("Production", 1)]
    [InlineData("Staging", 1)]
    [InlineData("Development", 0)]
    public async Task Host_outside_of_Development_warns_once(string environment, int warnings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Services.AddLogging(logging => logging.AddFakeLogging());
        builder.Services.AddImaNanoBanana().UseSimulator();
        builder.Services.AddKeyedImaNanoBanana("tenant-a", _ => { }).UseSimulator(new Uri("http://127.0.0.1:9/"));
        builder.Services.AddImaImageClientFactory().UseSimulator();
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);

        var found = host.Services.GetFakeLogCollector().GetSnapshot().Where(record => record.Id.Id == 11).ToList();
        Assert.Equal(warnings, found.Count);
        Assert.All(found, record => Assert.Equal(
            (LogLevel.Warning, "ImaNanoBanana"), (record.Level, record.Category)));
        Assert.All(found, record => Assert.Contains($"in the environment {environment}:", record.Message, StringComparison.Ordinal));
    }
}
