using ImaNanoBanana.Options;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Tests.DependencyInjection;

public class AddImaNanoBananaTests
{
    [Fact]
    public void Client_is_a_singleton()
    {
        using var provider = new ServiceCollection().AddImaNanoBanana(
            options => options.ApiKey = "ima_key").Services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<IImaImageClient>(), provider.GetRequiredService<IImaImageClient>());
    }

    [Fact]
    public void Registering_twice_has_the_effect_of_once()
    {
        var services = new ServiceCollection();
        services.AddImaNanoBanana(options => options.ApiKey = "ima_key");
        var count = services.Count(
            service => service.ServiceType.FullName!.EndsWith("IHttpMessageHandlerBuilderFilter", StringComparison.Ordinal));
        services.AddImaNanoBanana(options => options.WatchTimeout = TimeSpan.FromMinutes(5));

        using var provider = services.BuildServiceProvider();
        Assert.Single(provider.GetServices<IImaImageClient>());
        Assert.Equal(
            count,
            services.Count(
                service => service.ServiceType.FullName!.EndsWith("IHttpMessageHandlerBuilderFilter", StringComparison.Ordinal)));
        var options = provider.GetRequiredService<IOptions<ImaNanoBananaOptions>>().Value;
        Assert.Equal(("ima_key", TimeSpan.FromMinutes(5)), (options.ApiKey, options.WatchTimeout));
    }

    [Fact]
    public void Invalid_options_are_reported_when_the_client_is_resolved()
    {
        using var provider = new ServiceCollection().AddImaNanoBanana(options =>
        {
            options.ApiKey = "two keys";
            options.CreateTimeout = TimeSpan.Zero;
            options.ReadTimeout = TimeSpan.FromSeconds(10);
        }).Services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IImaImageClient>);

        Assert.Equal(["ApiKey", "CreateTimeout", "ReadTimeout"], exception.Failures.Select(failure => failure.Split(' ')[0]));
    }

    [Fact]
    public void Missing_key_breaks_no_other_client_of_the_app()
    {
        var services = new ServiceCollection();
        services.AddImaNanoBanana(options => options.ApiKey = "not a key");
        services.AddHttpClient("other");
        using var provider = services.BuildServiceProvider();

        using var other = provider.GetRequiredService<IHttpClientFactory>().CreateClient("other");

        Assert.NotNull(other);
    }

    [Fact]
    public void Timeout_that_an_app_sets_for_all_its_clients_does_not_shorten_the_deadlines()
    {
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(client => client.ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(1)));
        services.AddImaNanoBanana(options => options.ApiKey = "ima_key");
        using var provider = services.BuildServiceProvider();

        using var http = new FactoryHttpClients(
            provider.GetRequiredService<IHttpClientFactory>(), ImaClientDefaults.ClientName).Create(ImaHosts.ApiBase);

        Assert.Equal(Timeout.InfiniteTimeSpan, http.Timeout);
    }

    [Fact]
    public async Task Simulator_needs_no_key_and_uses_the_clock_of_the_container()
    {
        var time = new TestTimeProvider();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        services.AddImaNanoBanana().UseSimulator();
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IImaImageClient>();

        var task = await client.SubmitAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(8));
        var result = await client.WaitForCompletionAsync(task, TestContext.Current.CancellationToken);

        Assert.Equal(time.GetUtcNow() - TimeSpan.FromSeconds(8), task.CreatedAt);
        Assert.Single(result.Images);
        Assert.Equal(6, Assert.Single(provider.GetRequiredService<ImaSimulator>().Charges).Credits);
    }

    [Fact]
    public void Null_arguments_are_rejected()
    {
        Assert.Throws<ArgumentNullException>("services", () => default(IServiceCollection)!.AddImaNanoBanana());
        Assert.Throws<ArgumentNullException>("builder", () => default(IImaNanoBananaBuilder)!.UseSimulator());
        Assert.Throws<ArgumentNullException>("options", () => { using var client = new ImaImageClient((ImaNanoBananaOptions)null!); });
    }
}
