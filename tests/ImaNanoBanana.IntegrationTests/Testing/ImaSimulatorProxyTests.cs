using System.Net;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>This SDK's client and a simulator that are connected only by a socket.</summary>
public class ImaSimulatorProxyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Images_are_generated_and_edited_through_a_socket(string host)
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var server = await ImaSimulatorServer.StartAsync(simulator, cancellationToken: Token);
        await using var provider = new ServiceCollection().AddImaNanoBanana().UseSimulator(
            new UriBuilder(server.Address) { Host = host }.Uri).Services.BuildServiceProvider();
        var client = provider.GetRequiredService<IImaImageClient>();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var generated = await client.GenerateAsync(new ImageRequest("a puppy") { Size = ImageSize.Size512 }, Token);
            var first = Assert.Single(await client.SaveAsync(generated, folder.FullName, cancellationToken: Token));
            var edited = await client.GenerateAsync(
                new ImageRequest("a hat on it") { Images = [ImageInput.FromFile(first.Path!)], Size = ImageSize.Size512 }, Token);
            var second = Assert.Single(await client.SaveAsync(edited, folder.FullName, cancellationToken: Token));

            Assert.Equal(("image/png", 512, 512), (first.MediaType, first.Width, first.Height));
            Assert.Equal(("image/png", 512, 512), (second.MediaType, second.Width, second.Height));
            Assert.NotEqual(first.Sha256, second.Sha256);
            Assert.Equal(["a puppy", "a hat on it"], simulator.Charges.Select(charge => charge.Prompt));
            Assert.Empty(simulator.Violations);
            Assert.Empty(simulator.Differences);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Message_of_the_client_is_not_changed()
    {
        await using var server = await ImaSimulatorServer.StartAsync(cancellationToken: Token);
        using var http = new HttpMessageInvoker(new ImaSimulatorProxy(server.Address));
        using var content = new ByteArrayContent(TestImage.Png);
        using var put = new HttpRequestMessage(
            HttpMethod.Put, "https://simulator.oss.aliyuncs.com/simulator/0001.png?Signature=a%2Bb")
        { Content = content };

        using var response = await http.SendAsync(put, Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("the address was not presigned", Assert.Single(server.Simulator.Violations).Rule);
        Assert.Equal("https://simulator.oss.aliyuncs.com/simulator/0001.png?Signature=a%2Bb", put.RequestUri!.AbsoluteUri);
        Assert.Same(put, response.RequestMessage);
        Assert.Equal(TestImage.Png, await content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Other_hosts_are_not_asked()
    {
        await using var server = await ImaSimulatorServer.StartAsync(cancellationToken: Token);
        using var http = new HttpMessageInvoker(new ImaSimulatorProxy(server.Address));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://images.example/1.png");

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request, Token));

        Assert.Contains("images.example", exception.Message, StringComparison.Ordinal);
        Assert.Equal("https://images.example/1.png", request.RequestUri!.AbsoluteUri);
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        var requests = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var server = builder.Build();
        server.Run(context =>
        {
            Interlocked.Increment(ref requests);
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        await server.StartAsync(Token);
        using var http = new HttpMessageInvoker(new ImaSimulatorProxy(new Uri(server.Urls.First())));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.imastudio.com/open/v1/product/list");

        using var response = await http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(1, requests);
    }

    [Theory]
    [InlineData("images/1.png")]
    [InlineData("file:///tmp/1.png")]
    public void Address_without_a_server_is_rejected(string address) => Assert.Throws<ArgumentException>(
        nameof(address), () => new ImaSimulatorProxy(new Uri(address, UriKind.RelativeOrAbsolute)));
}
