// An app that has only the packages: it generates an image with the simulator, in its own process and over a socket.
using System.Reflection;
using ImaNanoBanana;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
await SubmitAsync("in process", services => services.AddImaNanoBanana().UseSimulator(simulator));

await using var server = await ImaSimulatorServer.StartAsync(simulator);
await SubmitAsync("over a socket", services => services.AddImaNanoBanana().UseSimulator(server.Address));

var options = new ImaNanoBananaOptions { ApiKey = "any-key" };
using (var client = new ImaImageClient(options, new ImaImageClientServices { PrimaryHandler = simulator }))
using (var generator = client.AsIImageGenerator())
{
    var response = await generator.GenerateImagesAsync("a cute puppy on grass");
    Console.WriteLine($"by the abstraction: {((UriContent)response.Contents[0]).MediaType}");
}

Console.WriteLine(
    $"submissions: {simulator.Charges.Count}, violations: {simulator.Violations.Count}, differences: {simulator.Differences.Count}");
using (var client = new ImaImageClient(options, new ImaImageClientServices { PrimaryHandler = simulator }))
{
    await Ecosystem.ToolAsync(client);
}

await Ecosystem.TenantAsync();
Ecosystem.Words();
await Ecosystem.ConfiguredAsync();
await Ecosystem.SubstituteAsync();
foreach (
    var assembly in new[]
    {
        typeof(IImaImageClient),
        typeof(ImaImageGeneratorExtensions),
        typeof(PostgreSqlTaskJournal),
        typeof(ImaSimulator),
        typeof(ImaSimulatorServer)
    }.Select(type => type.Assembly))
{
    var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
    Console.WriteLine($"{assembly.GetName().Name} {version}");
}

static async Task SubmitAsync(string how, Action<IServiceCollection> register)
{
    var services = new ServiceCollection();
    register(services);
    await using var provider = services.BuildServiceProvider();
    var client = provider.GetRequiredService<IImaImageClient>();
    var result = await client.GenerateAsync(new ImageRequest("a cute puppy on grass"));
    using var picture = new MemoryStream();
    var download = await client.DownloadAsync(result.Image, picture);
    Console.WriteLine($"{how}: {download.MediaType} of {download.Width} x {download.Height} for {result.Task.Credits} credits");
}
