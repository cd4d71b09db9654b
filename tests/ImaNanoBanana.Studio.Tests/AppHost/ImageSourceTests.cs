using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using ImaNanoBanana.AppHost;
using ImaNanoBanana.AppHost.Databases;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImaNanoBanana.Studio.Tests.AppHost;

/// <summary>The programs use either the simulator or the key, and each has a database of its own.</summary>
public sealed class ImageSourceTests : IDisposable
{
    private const string Key = "ima_0123456789";

    private static readonly string[] KeyVariables = ["IMA_API_KEY", "ImaNanoBanana__ApiKey"];

    private readonly string _folder = Directory.CreateTempSubdirectory("ima-app-model-").FullName;

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData(Key, true)]
    public void Only_a_key_makes_it_real(string? key, bool isReal) => Assert.Equal(isReal, ImageSource.From(key).IsReal);

    [Fact]
    public void Simulated_and_real_images_share_nothing()
    {
        Assert.NotEqual(ImageSource.Simulated.Database, ImageSource.Real.Database);
        Assert.NotEqual(ImageSource.Simulated.Name, ImageSource.Real.Name);
        Assert.Contains("cost nothing", ImageSource.Simulated.Notice, StringComparison.Ordinal);
        Assert.Contains("spends credits", ImageSource.Real.Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("studio", "Studio__Simulator")]
    [InlineData("worker", "Worker__Simulator")]
    public async Task Program_gets_the_key_and_no_simulator_or_the_simulator_and_no_key(string name, string simulator)
    {
        var real = await EnvironmentAsync(ImageSource.Real, name);
        var simulated = await EnvironmentAsync(ImageSource.Simulated, name);

        Assert.All(KeyVariables, variable => Assert.Equal("{ImaApiKey.value}", real[variable]));
        Assert.DoesNotContain(simulator, real.Keys);
        Assert.All(KeyVariables, variable => Assert.Equal("", simulated[variable]));
        Assert.Equal("{simulator.bindings.http.url}", simulated[simulator]);
    }

    [Fact]
    public async Task Databases_are_separate()
    {
        var databases = new List<string?>();
        foreach (var source in new[] { ImageSource.Real, ImageSource.Simulated })
        {
            var database = Build(source).Resources.OfType<LocalPostgresResource>().Single();
            databases.Add(await ((IResourceWithConnectionString)database).GetConnectionStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(["Database=images_real", "Database=images_simulated"], databases.Select(text => text!.Split(';')[^1]));
    }

    [Fact]
    public void Real_images_start_no_simulator() => Assert.DoesNotContain(
        Build(ImageSource.Real).Resources, resource => resource.Name == "simulator");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IDistributedApplicationBuilder Build(ImageSource source)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(ImageSource).Assembly.GetName().Name,
            DisableDashboard = true,
        });
        builder.Configuration[ImageSource.KeySetting] = Key;
        var folder = DataFolder.Open(_folder);
        var cluster = new LocalCluster("/programs", userSwitch: null, folder);
        var database = builder.AddResource(new LocalPostgresResource("postgres", cluster, source.Database));
        StudioApp.Add(builder, new AppHostSettings(), source, new ImagesDatabase(database, folder));
        return builder;
    }

    /// <summary>The references are not resolved: nothing runs.</summary>
    private async Task<Dictionary<string, string>> EnvironmentAsync(ImageSource source, string name)
    {
        var program = Build(source).Resources.Single(resource => resource.Name == name);
        var configuration = await ExecutionConfigurationBuilder.Create(program).WithEnvironmentVariablesConfig().BuildAsync(
            new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish),
            NullLogger.Instance,
            TestContext.Current.CancellationToken);
        return configuration.EnvironmentVariables.ToDictionary(variable => variable.Key, variable => variable.Value);
    }
}
